package org.constellation.consensus.layer;

/**
 * One call of the driver: when it came, and what it has caused so far.
 *
 * @param <B> the layer's block
 */
record Turn<B>(long nowMillis, LayerStep.Builder<B> step) {

  static <B> Turn<B> at(long nowMillis) {
    return new Turn<>(nowMillis, new LayerStep.Builder<>());
  }
}
