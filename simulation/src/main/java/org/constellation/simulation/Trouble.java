package org.constellation.simulation;

/**
 * What is done to a network on purpose, and how often: at each occasion one of these, by weight.
 *
 * @param everyMillis between two occasions, on average; 0 for never
 * @param crash of one machine between two turns
 * @param crashInTurn of one machine before an effect
 * @param crashTogether of many machines
 * @param split of the network
 * @param pause of a topic
 * @param delete of a topic
 * @param full disk for a while
 * @param old disk: a machine comes back with what it held a while ago
 * @param commitPermille of the commits go wrong, all the time
 */
public record Trouble(
    int everyMillis,
    int crash,
    int crashInTurn,
    int crashTogether,
    int split,
    int pause,
    int delete,
    int full,
    int old,
    int commitPermille) {

  /** None at all. */
  public static final Trouble NONE = new Trouble(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of all together. */
  public int weight() {
    return crash + crashInTurn + crashTogether + split + pause + delete + full + old;
  }
}
