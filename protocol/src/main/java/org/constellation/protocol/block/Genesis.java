package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.star.StarId;

/**
 * What everybody in a network starts from; its hash names the network.
 *
 * @param name for people and topic names: lower-case letters and digits
 * @param brokers of the organisations, ascending by name; none if everybody shares one
 * @param network hash of {@code bytes}
 */
public record Genesis(
    String name,
    Parameters parameters,
    EraPlan galaxy,
    List<EraPlan> clusters,
    List<GenesisStar> stars,
    List<Broker> brokers,
    long timeMillis,
    Bytes bytes,
    Hash network) {

  /** Longest encoding. */
  public static final int BYTES_MAX = 32 * 1024 * 1024;

  /** Most organisations with a broker of their own: everybody reads all of them. */
  public static final int ORGANISATIONS_MAX = 64;

  /** A genesis that exists can be started from. */
  public Genesis {
    clusters = List.copyOf(clusters);
    stars = List.copyOf(stars);
    brokers = List.copyOf(brokers);
    GenesisRules.check(name, galaxy, clusters, stars, brokers);
  }

  /** The network's name in hashes, from the exact bytes of its genesis file. */
  public static Hash networkOf(byte[] bytes) {
    return Hashing.hash("CSTL-V1-GENESIS", bytes);
  }

  /**
   * A star that has a home from the beginning.
   *
   * @param balance no0s
   * @param openHoldsMax 0 for the network's default
   */
  public record GenesisStar(StarId star, int home, long balance, int openHoldsMax) {}

  /**
   * Where an organisation publishes, and all others read what it says.
   *
   * @param organisation lower-case letters, digits and hyphens between them
   * @param bootstrapServers of its broker, {@code host:port} separated by commas
   */
  public record Broker(String organisation, String bootstrapServers) {

    /** Longest list of addresses. */
    public static final int SERVERS_CHARACTERS_MAX = 1_024;
  }

  /**
   * @param tickMillis length of a tick of ledger time
   * @param ticksPerBlockMax most ticks that one block counts
   * @param validityTicksMax how far ahead a proposal's validUntil may lie
   * @param waitingTicksMax how long an agreement waits for its proposal
   * @param openHoldsMax per star at the end of a block
   * @param waitingAgreementsMax per star at the end of a block
   * @param idleRoundMillis longest interval between two blocks of an idle layer
   * @param checkpointsAheadMax of a cluster before the galaxy
   */
  public record Parameters(
      long tickMillis,
      int ticksPerBlockMax,
      long validityTicksMax,
      long waitingTicksMax,
      int openHoldsMax,
      int waitingAgreementsMax,
      long idleRoundMillis,
      int checkpointsAheadMax) {

    public Parameters {
      if (tickMillis < 1
          || ticksPerBlockMax < 1
          || validityTicksMax < 1
          || waitingTicksMax < 1
          || openHoldsMax < 1
          || waitingAgreementsMax < 1
          || idleRoundMillis < 1
          || checkpointsAheadMax < 1) {
        throw new IllegalArgumentException("every parameter is at least 1");
      }
    }

    /** The defaults of the papers and of our design. */
    public static final Parameters DEFAULT =
        new Parameters(1_000, 8, 10_000, 10_000, 64, 64, 1_000, 64);
  }
}
