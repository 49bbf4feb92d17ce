package org.constellation.protocol.state;

import java.util.Optional;
import java.util.OptionalInt;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;

/**
 * Whether a segment extends its star's chain at some point of the ledger. Signatures are not looked
 * at: that check needs no context.
 */
public sealed interface Judgement {

  /**
   * It extends the chain.
   *
   * @param suffix the part that is not included yet; it begins right after the head
   */
  record Includable(Segment suffix) implements Judgement {}

  /**
   * All its sequence numbers are taken: by these very half-blocks if it reaches up to the head,
   * else the state alone cannot tell.
   */
  record Included() implements Judgement {}

  /**
   * Half-blocks are missing before it.
   *
   * @param expected the sequence that comes next
   */
  record NotNext(long expected) implements Judgement {}

  /**
   * It contradicts the chain.
   *
   * @param sequence of the included half-block that it does not agree with
   * @param included id of that half-block
   */
  record Fork(long sequence, Hash included) implements Judgement {}

  /**
   * Another cluster orders this star's half-blocks.
   *
   * @param home that cluster; none if the star has no home yet
   */
  record WrongHome(OptionalInt home) implements Judgement {}

  /**
   * Signed by another key than the star's, or a key change inside it makes its end invalid.
   *
   * @param current the star's key
   */
  record WrongKey(PublicKey current) implements Judgement {}

  /** Made for another network. */
  record WrongNetwork() implements Judgement {}

  /** Judges by what is known of the star; {@code cluster} wants to include the segment. */
  static Judgement of(Optional<StarHead> star, Hash network, int cluster, Segment segment) {
    if (!segment.first().network().equals(network)) {
      return new WrongNetwork();
    }
    if (star.isEmpty()) {
      return new WrongHome(OptionalInt.empty());
    }
    var head = star.get();
    var first = segment.first().sequence();
    if (first <= head.sequence()) {
      if (segment.last().sequence() < head.sequence()) {
        return new Included();
      }
      var atHead = segment.halfBlocks().get((int) (head.sequence() - first));
      if (!atHead.id().equals(head.id())) {
        return new Fork(head.sequence(), head.id());
      }
      if (segment.last().sequence() == head.sequence()) {
        return new Included();
      }
    }
    if (head.home() != cluster) {
      return new WrongHome(OptionalInt.of(head.home()));
    }
    if (first > head.sequence() + 1) {
      return new NotNext(head.sequence() + 1);
    }
    if (first == head.sequence() + 1 && !segment.first().previous().equals(head.id())) {
      return new Fork(head.sequence(), head.id());
    }
    if (!segment.key().equals(head.key())) {
      return new WrongKey(head.key());
    }
    return new Includable(segment.from(head.sequence() + 1));
  }
}
