package org.constellation.platform.observe;

/**
 * The names of all metrics of our own, and of their tags. Dots become underscores in Prometheus.
 */
public final class Metrics {

  /** Envelopes handed to the broker's client; tag {@link #PURPOSE}. */
  public static final String ENVELOPES_SENT = "constellation.envelopes.sent";

  /** Envelopes that could not be delivered; whoever sent them sends again. */
  public static final String ENVELOPES_UNSENT = "constellation.envelopes.unsent";

  /** Bytes of envelopes handed to the broker's client; tag {@link #PURPOSE}. */
  public static final String BYTES_SENT = "constellation.envelopes.sent.bytes";

  /** Envelopes accepted; tag {@link #PURPOSE}. */
  public static final String ENVELOPES_RECEIVED = "constellation.envelopes.received";

  /** Envelopes refused; tags {@link #PURPOSE} and {@link #CODE}. */
  public static final String ENVELOPES_REJECTED = "constellation.envelopes.rejected";

  /**
   * Seconds for which no reader of this process has heard from an organisation's broker; 0 if it
   * answers; tag {@link #ORGANISATION}.
   */
  public static final String BROKER_AWAY = "constellation.broker.away.seconds";

  /** Times that a subscription lost its broker or its position; tag {@link #ORGANISATION}. */
  public static final String SUBSCRIPTION_TROUBLES = "constellation.subscription.troubles";

  /** Records in a broker that a subscription has not read yet; tag {@link #ORGANISATION}. */
  public static final String SUBSCRIPTION_LAG = "constellation.subscription.lag";

  /** Syncs of a member's journal to its disk. */
  public static final String JOURNAL_SYNCS = "constellation.journal.syncs";

  /** Bytes written to a member's journal. */
  public static final String JOURNAL_BYTES = "constellation.journal.bytes";

  /**
   * Signatures checked, and the processor time that it took (on virtual threads the time that
   * passed); tag {@link #MEMBER}.
   */
  public static final String SIGNATURE_CHECKS = "constellation.signature.checks";

  /** Time from the start of a layer's round to its certificate. */
  public static final String ROUND_DURATION = "constellation.round.duration";

  /** Messages that a member sent, by round. */
  public static final String ROUND_MESSAGES = "constellation.round.messages";

  /** Bytes of messages that a member sent, by round. */
  public static final String ROUND_BYTES = "constellation.round.bytes";

  /** Journal syncs of a member, by round. */
  public static final String ROUND_SYNCS = "constellation.round.syncs";

  /** Signature checks of a member, by round. */
  public static final String ROUND_SIGNATURE_CHECKS = "constellation.round.signature.checks";

  /** The latest round or height that is certified. */
  public static final String HEIGHT = "constellation.height";

  /** Ledger time. */
  public static final String TICK = "constellation.tick";

  /** Whether a member makes no progress, 1 or 0, by why; tag {@link #CODE}. */
  public static final String MEMBER_STALLED = "constellation.member.stalled";

  /**
   * Members of its committee that a member has not heard for a while; no figure of one that does
   * not listen.
   */
  public static final String MEMBER_SILENT = "constellation.member.silent";

  /** So many members of a member's committee may fail, and it still makes progress. */
  public static final String FAULTY_MAX = "constellation.member.faulty.max";

  /** What peers sent and a full inbox had no room for. */
  public static final String INBOX_REFUSED = "constellation.inbox.refused";

  /** Faults that a member saw; tags {@link #CODE}, {@link #CULPRIT}. */
  public static final String FAULTS = "constellation.faults";

  /** Whether a follower met a certified block that cannot be right, and follows no more, 1 or 0. */
  public static final String FOLLOWER_REFUSING = "constellation.follower.refusing";

  /** Galaxy height that a follower has verified. */
  public static final String FOLLOWED_HEIGHT = "constellation.followed.height";

  /** Galaxy height of the newest snapshot from which a start can go on. */
  public static final String SNAPSHOT_HEIGHT = "constellation.snapshot.height";

  /** Starts that went on after a snapshot of somebody else's. */
  public static final String SNAPSHOTS_ADOPTED = "constellation.snapshots.adopted";

  /** Pulls of blocks that were not answered, since too much was asked for. */
  public static final String PULLS_IGNORED = "constellation.pulls.ignored";

  /** What waits in a member's pool: segments, or checkpoints and notices. */
  public static final String POOL_SIZE = "constellation.pool.size";

  /** Seconds since the oldest pool entry that is not final came. */
  public static final String POOL_OLDEST = "constellation.pool.oldest";

  /** Pool entries that a member refused; tag {@link #CODE}. */
  public static final String REJECTED = "constellation.pool.rejected";

  /** Time between a checkpoint's certificate and the moment when this member saw it final. */
  public static final String FINAL_LAG = "constellation.final.lag";

  /** Certified blocks that the next layer has not confirmed. */
  public static final String UNCONFIRMED = "constellation.unconfirmed";

  /** Verdicts that a star-service read from facilitators; tag {@link #CODE}. */
  public static final String VERDICTS = "constellation.star.verdicts";

  /** Requests over HTTP that were answered with a problem; tag {@link #CODE}. */
  public static final String HTTP_REJECTED = "constellation.http.rejected";

  /** Tag: what a topic is for. */
  public static final String PURPOSE = "purpose";

  /** Tag: why. */
  public static final String CODE = "code";

  /** Tag: which member of the same committee did it. */
  public static final String CULPRIT = "culprit";

  /** Tag: which member or subscriber; a service's name where it is nobody in particular. */
  public static final String MEMBER = "member";

  /** Tag: whose broker; {@code shared} if there is one for all. */
  public static final String ORGANISATION = "organisation";

  private Metrics() {}
}
