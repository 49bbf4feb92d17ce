package org.constellation.consensus.layer;

import java.util.TreeMap;
import org.constellation.protocol.Bytes;

/**
 * How a member that fell behind comes back: who is asked learns how a round ended, and blocks with
 * certificates replace the rounds that were missed.
 *
 * @param <B> the layer's block
 */
final class CatchUp<B> {

  /** Most blocks asked for at a time. */
  private static final int BLOCKS_WANTED_MAX = 32;

  private final LayerConfig config;
  private final LayerRules<B> rules;
  private final LayerPorts ports;
  private final Chain<B> chain;
  private final Rounds<B> rounds;
  private final Peers peers;
  private final StartQuestion question;
  private final Contradictions<B> contradictions;
  private final TreeMap<Long, CertifiedBlock<B>> arrived = new TreeMap<>();

  CatchUp(
      LayerConfig config,
      LayerRules<B> rules,
      LayerPorts ports,
      Chain<B> chain,
      Rounds<B> rounds,
      Peers peers,
      StartQuestion question) {
    this.config = config;
    this.rules = rules;
    this.ports = ports;
    this.chain = chain;
    this.rounds = rounds;
    this.peers = peers;
    this.question = question;
    this.contradictions =
        new Contradictions<>(rules, chain, config.self(), block -> isCertified(signed(block)));
  }

  private static Certification.Signed signed(CertifiedBlock<?> block) {
    return new Certification.Signed(block.hash(), block.certificate());
  }

  /** Tells a member that still votes in a certified round how it ended, now and then. */
  void hint(int member, long round, Turn<B> turn) {
    var newest = chain.recent().newest();
    if (newest.isEmpty() || !peers.isHintDue(member, turn.nowMillis())) {
      return;
    }
    chain.recent().get(round).ifPresent(block -> tell(member, block, turn));
    if (newest.get().round() != round) {
      tell(member, newest.get(), turn);
    }
  }

  private void tell(int member, RecentBlocks.Recent block, Turn<B> turn) {
    turn.step()
        .answer(
            member,
            LayerCodec.encode(
                new LayerMessage.Certified(block.round(), block.hash(), block.certificate())));
  }

  /**
   * Hears how a round ended. The signatures are under a hash, and the number beside it is the
   * sender's word: they count for the header that was built here for that round, and for no other.
   * If the committee certified another, that one is pulled, and its block says which round it ends.
   */
  void notice(int member, LayerMessage.Certified notice, Turn<B> turn) {
    var signed = new Certification.Signed(notice.hash(), notice.certificate());
    if (notice.round() <= chain.certified() && !contradictions.isOther(notice)) {
      return;
    }
    if (!isCertified(signed)) {
      turn.step()
          .blame(
              new LayerFault(
                  member, notice.round(), LayerFault.Kind.BAD_ANSWER, "no such certificate"));
      return;
    }
    if (notice.round() <= chain.certified()) {
      contradictions.heardOf(notice.round(), member);
      return;
    }
    peers.certified(member, notice.round());
    if (notice.round() <= chain.built()) {
      rounds
          .open(notice.round())
          .filter(open -> open.isBuilt(notice.hash()))
          .ifPresent(open -> open.certification().adopt(signed));
    }
  }

  /**
   * Asks for the blocks that others have, also for those that were built here and lack signatures:
   * whoever certified them has gone on, and may not sign them again.
   */
  void want(Pulls pulls, long nowMillis) {
    contradictions.want(pulls, nowMillis);
    var first = chain.certified() + 1;
    for (var round = first; round < first + BLOCKS_WANTED_MAX; round++) {
      var holders = peers.holdersOf(round);
      if (holders.isEmpty()) {
        return;
      }
      if (!arrived.containsKey(round) && !isSigned(round)) {
        pulls.want(
            new PullKey.OfBlock(round), new Pulls.Need(round, config.self()), holders, nowMillis);
      }
    }
  }

  private boolean isSigned(long round) {
    return round <= chain.built()
        && rounds.open(round).filter(open -> open.certification().signed().isPresent()).isPresent();
  }

  /** Takes a pulled block; whether it is that block. */
  boolean take(long round, Bytes encoded) {
    var block = rules.decode(encoded);
    if (block.isEmpty() || block.get().round() != round) {
      return false;
    }
    if (!offer(block.get())) {
      return false;
    }
    contradictions.answered(round);
    return true;
  }

  /** Takes a block if it is certified and may be of use; whether it is certified. */
  boolean offer(CertifiedBlock<B> block) {
    if (contradictions.isOther(block)) {
      return contradictions.take(block);
    }
    if (block.round() <= chain.certified()
        || block.round() > chain.built() + BLOCKS_WANTED_MAX
        || arrived.containsKey(block.round())) {
      return true;
    }
    var signed = signed(block);
    if (!isCertified(signed)) {
      return false;
    }
    if (block.round() <= chain.built()) {
      rounds.open(block.round()).ifPresent(open -> open.certification().adopt(signed));
    } else {
      arrived.put(block.round(), block);
    }
    return true;
  }

  /** Appends what follows the newest block; whether anything did. */
  boolean advance(Turn<B> turn) {
    arrived.headMap(chain.built(), true).clear();
    var next = chain.built() + 1;
    var block = arrived.get(next);
    if (block == null || chain.built() - chain.certified() >= LayerLimits.UNCERTIFIED_MAX) {
      return false;
    }
    switch (rules.check(block)) {
      case Built.Ready<B> ready -> {
        if (!ready.hash().equals(block.hash())) {
          chain.halt("round " + next + " is certified, but executes differently here", turn);
          return false;
        }
        if (question.isForgotten(block, rounds::isOwn)) {
          chain.halt("journal is older than round " + next + ", which this member signed", turn);
          return false;
        }
        var round = rounds.open(next).orElseThrow();
        rules.append(next, ready.hash(), ready.block());
        round.adopt(ready, signed(block), turn);
        return true;
      }
      case Built.Waits<B> _ -> {
        return false;
      }
      case Built.Refused<B>(var reason) -> {
        chain.halt("round " + next + " is certified, but refused here: " + reason, turn);
        return false;
      }
    }
  }

  private boolean isCertified(Certification.Signed signed) {
    return Certification.isCertified(
        config.plan(), signed.hash(), signed.certificate(), ports.verifier());
  }
}
