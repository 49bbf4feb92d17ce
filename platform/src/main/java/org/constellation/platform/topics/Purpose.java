package org.constellation.platform.topics;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a topic is for, and what follows from that for the broker. Retention is a convenience, never
 * a promise: whoever misses something pulls it from its peers.
 */
public enum Purpose {
  /** Segments on their way to a cluster, and forks that somebody found. */
  GOSSIP(Layer.CLUSTER, "star id", "Segment, Evidence", 1, Duration.ofHours(1), 2_048),
  /** Votes and payloads of a committee. */
  CONSENSUS(Layer.COMMITTEE, "sender's key", "layer messages", 1, Duration.ofHours(1), 1_024),
  /** Pulls and their answers, inside a committee and between the services. */
  SYNC(Layer.ANY, "receiver's key", "pulls and answers", 1, Duration.ofMinutes(10), 1_024),
  /** Certified cluster blocks with their bodies, in chunks. */
  CHECKPOINTS(Layer.CLUSTER, "none", "BlockChunk", 1, Duration.ofDays(1), 4_096),
  /** Signed verdicts of facilitators about segments that they refuse. */
  VERDICTS(Layer.CLUSTER, "star id", "Verdict", 1, Duration.ofHours(6), 256),
  /** Proposals for a counterparty. */
  INBOX(Layer.STAR, "counterparty's star id", "Segment", 1, Duration.ofDays(7), 1_024),
  /** Signed messages that any galaxy member may put into its proposal. */
  NOTICES(Layer.GALAXY, "star id", "Notice", 1, Duration.ofDays(1), 512),
  /** Tables computed from the ledger, for galaxy members to vote on. */
  TABLES(Layer.GALAXY, "kind of table", "Table", 1, Duration.ofDays(7), 256),
  /** The blackhole: galaxy blocks with all that it takes to execute them again, in chunks. */
  BLOCKS(Layer.BLACKHOLE, "none", "BlockChunk", 1, Duration.ofMillis(-1), -1);

  /** Which layers have a topic of this purpose. */
  public enum Layer {
    /** One per cluster. */
    CLUSTER,
    /** One per cluster, and the galaxy's. */
    COMMITTEE,
    /** One per cluster, the galaxy's, and the blackhole's. */
    ANY,
    STAR,
    GALAXY,
    BLACKHOLE
  }

  /** Largest record in bytes: one envelope of the greatest size, and what the broker adds. */
  public static final int RECORD_BYTES_MAX = 2 * 1024 * 1024 + 64 * 1024;

  /** Small enough that retention, which drops whole log segments, follows its settings. */
  private static final int LOG_SEGMENT_BYTES = 64 * 1024 * 1024;

  private static final long MEBIBYTE = 1024 * 1024;

  private final Layer layer;
  private final String key;
  private final String messages;
  private final int partitions;
  private final Duration retention;
  private final long retainedMebibytes;

  Purpose(
      Layer layer,
      String key,
      String messages,
      int partitions,
      Duration retention,
      long retainedMebibytes) {
    this.layer = layer;
    this.key = key;
    this.messages = messages;
    this.partitions = partitions;
    this.retention = retention;
    this.retainedMebibytes = retainedMebibytes;
  }

  /** Which layers have such a topic. */
  public Layer layer() {
    return layer;
  }

  /** What the records are keyed by, for people. */
  public String key() {
    return key;
  }

  /** What the envelopes carry, for people. */
  public String messages() {
    return messages;
  }

  /** Fixed: readers assign partitions to themselves and need to know how many there are. */
  public int partitions() {
    return partitions;
  }

  /** How long records stay; negative for ever. */
  public Duration retention() {
    return retention;
  }

  /** How many bytes of a partition stay; negative for all. */
  public long retainedBytes() {
    return retainedMebibytes < 0 ? -1 : retainedMebibytes * MEBIBYTE;
  }

  /** As in topic names. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The broker's settings for such a topic. */
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("cleanup.policy", "delete");
    settings.put("retention.ms", Long.toString(retention.toMillis()));
    settings.put("retention.bytes", Long.toString(retainedBytes()));
    settings.put("segment.bytes", Integer.toString(LOG_SEGMENT_BYTES));
    settings.put("max.message.bytes", Integer.toString(RECORD_BYTES_MAX));
    // A broker that is told so unpacks what it is sent and refuses what is too large then. Else
    // every reader would unpack it, whatever it becomes.
    settings.put("compression.type", "uncompressed");
    return settings;
  }
}
