package org.constellation.consensus.layer;

/**
 * What the network does to messages.
 *
 * @param delayMaxMillis a message takes up to this
 * @param lossPercent of messages never arrive: they must be sent again
 * @param repeatPercent of messages arrive twice
 */
record Weather(int delayMaxMillis, int lossPercent, int repeatPercent) {

  static final Weather CALM = new Weather(10, 0, 0);
  static final Weather STORM = new Weather(250, 12, 8);
}
