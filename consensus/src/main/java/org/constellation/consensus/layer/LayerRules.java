package org.constellation.consensus.layer;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;

/**
 * What a layer agrees about: the pool, the meaning of payloads, and the chain of blocks. Called by
 * the layer's thread only, and owned by it.
 *
 * <p>Two kinds of judgement must be kept apart. {@link #examine}, {@link #takeBody} and {@link
 * #isWithinLimits} see bytes only, so all correct members judge alike; {@link #build} is a function
 * of the chain so far and of what was agreed, so again all judge alike. Only {@link #propose} may
 * use what this member happens to know.
 *
 * @param <B> the layer's block, without its certificate
 */
public interface LayerRules<B> {

  /** The newest block appended. */
  Tip tip();

  /** Whether a round would have something to agree on. */
  boolean hasWork();

  /** Whether a round may start at all; a cluster waits for the galaxy here. */
  boolean mayStart(long round);

  /** This member's payload, at most {@link LayerLimits#PAYLOAD_BYTES_MAX}, all bodies held. */
  Bytes propose(ProposalContext context);

  /** Judges a payload by itself. Signatures in it are checked here, bodies are not. */
  Examined examine(Bytes payload);

  /** Whether the bodies of a valid payload, now all held, keep to the limits together. */
  boolean isWithinLimits(Bytes payload);

  /** Whether a body that a round needs is stored and was found right; so it stays for a while. */
  boolean holds(Hash reference);

  /**
   * What a stored body weighs. Once several bodies of a payload are too much together, it is
   * invalid, and the rest is not stored.
   *
   * @throws RuntimeException if it is not stored
   */
  BodySize sizeOf(Hash reference);

  /**
   * Stores a body that a round needs, from a peer or the own journal, if it is the one and right by
   * itself. Anything else leaves no trace.
   */
  boolean takeBody(Hash reference, Bytes body);

  /** A stored body. That somebody else asks for it does not keep it. */
  Optional<Bytes> body(Hash reference);

  /** Keeps evidence against somebody for the next proposals. */
  void offerEvidence(Evidence evidence);

  /** What evidence shows of a certified block, if this layer's blocks can be evidence. */
  Optional<CertifiedHead> head(CertifiedBlock<B> block);

  /** The block after the tip, from what was agreed. Changes nothing. */
  Built<B> build(BuildInput input);

  /** Judges a certified block that should follow the tip. Changes nothing. */
  Built<B> check(CertifiedBlock<B> block);

  /** Makes a block the new tip: one that was built or checked just now. */
  void append(long round, Hash hash, B block);

  /**
   * Takes up a block of this member's own journal. They come in ascending order, before anything
   * else; those that this member's state covers already change nothing.
   *
   * @throws IllegalStateException if journal and state do not belong together
   */
  void restore(CertifiedBlock<B> block);

  /** Learns that an appended block has its certificate. */
  void certified(CertifiedBlock<B> block);

  /** A block as it travels. */
  Bytes encode(B block, Certificate certificate);

  /** Reads a block from a peer or the own journal; its certificate is not checked here. */
  Optional<CertifiedBlock<B>> decode(Bytes encoded);

  /** The last round of which nobody will ask this member for the block any more. */
  long releasedThrough();

  /**
   * What the whole committee waits for that comes from outside of it; until then none of its
   * members has anything to say.
   */
  default Optional<String> waitsFor() {
    return Optional.empty();
  }

  /** What a health page should say about this layer, most important first. */
  default List<String> concerns() {
    return List.of();
  }

  /**
   * The end of a chain.
   *
   * @param round 0 for the genesis
   * @param hash of its header
   */
  record Tip(long round, Hash hash) {}
}
