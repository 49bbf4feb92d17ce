package org.constellation.protocol.envelope;

/**
 * A committee's place in the network, without its era.
 *
 * @param layer which layer it serves
 * @param cluster the cluster's number; 0 for the galaxy
 */
public record Committee(Layer layer, int cluster) implements Comparable<Committee> {

  /** The galaxy's committee. */
  public static final Committee GALAXY = new Committee(Layer.GALAXY, 0);

  /** The layers, with their stable codes. */
  public enum Layer {
    STAR(0),
    CLUSTER(1),
    GALAXY(2),
    BLACKHOLE(3);

    private final int code;

    Layer(int code) {
      this.code = code;
    }

    /** The number that stands for it on the wire. */
    public int code() {
      return code;
    }
  }

  /** A cluster's committee. */
  public static Committee ofCluster(int cluster) {
    return new Committee(Layer.CLUSTER, cluster);
  }

  @Override
  public int compareTo(Committee other) {
    var byLayer = layer.compareTo(other.layer);
    return byLayer != 0 ? byLayer : Integer.compare(cluster, other.cluster);
  }

  /** As in topic names: {@code c0}, {@code galaxy}. */
  @Override
  public String toString() {
    return switch (layer) {
      case CLUSTER -> "c" + cluster;
      case GALAXY -> "galaxy";
      case STAR -> "star";
      case BLACKHOLE -> "blackhole";
    };
  }
}
