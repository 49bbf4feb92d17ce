package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.VoteCodec;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Guilty;
import org.constellation.simulation.watch.LedgerWatch;

/**
 * Who that is correct has seen both halves of a contradiction: as long as it lives on, whoever
 * signed them must be convicted in the end. What a process knew is lost with it, so nothing is
 * asked of one that has started again since.
 */
public final class Witnesses {

  private static final int FIRST_BYTE_OF_NO_VOTE = 0x80;
  private static final long ERA = 0;

  /** By then a member has taken from its inbox what it heard. */
  private static final long TAKEN_AFTER = 10 * VirtualTime.MILLISECOND;

  private final VirtualTime time;
  private final Guilty guilty;
  private final Tally tally;
  // One of each culprit that somebody saw.
  private final TreeMap<String, DoubleVote> doubleVotes = new TreeMap<>();
  private final List<Fork> forks = new ArrayList<>();
  private final TreeSet<StarId> shown = new TreeSet<>();

  private record Witness(Node node, int life) {
    static Witness of(Node node) {
      return new Witness(node, node.machine().lives());
    }

    @Override
    public String toString() {
      return node.machine() + "/" + life;
    }

    boolean isStillThere() {
      return node.machine().isUp() && node.machine().lives() == life && node.stopped().isEmpty();
    }
  }

  private record DoubleVote(Witness witness, Committee committee, PublicKey culprit, Vote vote) {}

  private record Fork(Witness witness, StarId star, long sequence, Hash other) {}

  Witnesses(VirtualTime time, Guilty guilty, Tally tally) {
    this.time = time;
    this.guilty = guilty;
    this.tally = tally;
  }

  /** What a correct member hears of its own committee, in one life. */
  final class Ears implements WitnessedTransport.Witness {
    private final MemberNode member;
    private final Committee committee;
    private final List<Seen> seen = new ArrayList<>();
    private boolean hasVoted;
    // Only looked up in, but for the rounds.
    private final TreeMap<Long, Map<PublicKey, Map<Vote.Slot, Bytes>>> heard = new TreeMap<>();

    Ears(MemberNode member) {
      this.member = member;
      this.committee = member.seat().plan().committee();
    }

    /** A second vote, and when it came. */
    private record Seen(PublicKey culprit, Vote vote, long nanos) {}

    /** Before it asked the others what it said, it counts no votes. */
    @Override
    public void said(Topic topic, List<Bytes> messages) {
      hasVoted |=
          topic.purpose() == Purpose.CONSENSUS && messages.stream().anyMatch(Witnesses::isVote);
    }

    @Override
    public void heard(List<ReceivedEnvelope> batch) {
      confirm();
      if (!hasVoted || member.stopped().isPresent()) {
        heard.clear();
        return;
      }
      for (var received : batch) {
        var sender = received.header().sender();
        if (received.topic().purpose() == Purpose.CONSENSUS
            && received.header().committee().equals(committee)
            && guilty.isMember(sender)) {
          received.envelope().messages().forEach(message -> heard(sender, message));
        }
      }
    }

    private void heard(PublicKey sender, Bytes message) {
      if (isVote(message)) {
        VoteCodec.decode(message).toOptional().ifPresent(vote -> heard(sender, vote));
      }
    }

    /** In rounds that it takes votes in. */
    private void heard(PublicKey sender, Vote vote) {
      var certified = member.certified();
      heard.headMap(certified, true).clear();
      var slot = vote.slot();
      if (slot.round() > certified + LayerLimits.ROUNDS_AHEAD_MAX
          || slot.round() <= certified
          || !isDigest(vote)) {
        return;
      }
      var before =
          heard
              .computeIfAbsent(slot.round(), _ -> new HashMap<>())
              .computeIfAbsent(sender, _ -> new HashMap<>())
              .putIfAbsent(slot, vote.value());
      if (before != null && !before.equals(vote.value())) {
        seen.add(new Seen(sender, vote, time.nowNanos()));
      }
    }

    /** It counted what it heard if the round was still open when that was taken from its inbox. */
    private void confirm() {
      var certified = member.certified();
      var isStopped = member.stopped().isPresent();
      seen.removeIf(one -> isStopped || one.vote().slot().round() <= certified);
      for (var one : seen) {
        if (time.nowNanos() - one.nanos() >= TAKEN_AFTER) {
          tally.transition("double vote seen by one");
          var witness = Witness.of(member);
          doubleVotes.putIfAbsent(
              witness + " " + one.culprit(),
              new DoubleVote(witness, committee, one.culprit(), one.vote()));
        }
      }
      seen.removeIf(one -> time.nowNanos() - one.nanos() >= TAKEN_AFTER);
    }

    /** Others of its kinds may be no votes at all: shares that are none, steps far ahead. */
    private boolean isDigest(Vote vote) {
      return switch (vote.slot().kind()) {
        case ECHO, READY ->
            vote.value().length() == Hash.LENGTH
                && vote.slot().instance() < member.seat().plan().members().size();
        case PROPOSE, BVAL, AUX, CONF, COIN, TERM, BEACON, CERTIFY -> false;
      };
    }
  }

  private static boolean isVote(Bytes message) {
    return message.length() > 0 && (message.toArray()[0] & 0xff) < FIRST_BYTE_OF_NO_VOTE;
  }

  /** What a keeper overhears that it can hold against what was executed. */
  void overheard(BlackholeNode keeper, List<ReceivedEnvelope> batch, SignatureVerifier verifier) {
    for (var received : batch) {
      if (received.topic().purpose() == Purpose.GOSSIP) {
        for (var message : received.envelope().messages()) {
          ChainCodec.decodeSegment(message)
              .toOptional()
              .filter(segment -> guilty.isStar(segment.star()))
              .ifPresent(segment -> overheard(keeper, segment, verifier));
        }
      }
    }
  }

  private void overheard(BlackholeNode keeper, Segment segment, SignatureVerifier verifier) {
    var state = keeper.ledger();
    var star = segment.star();
    var known = state.flatMap(now -> now.star(star)).map(StarRecord::sequence).orElse(0L);
    var place = Math.min(segment.last().sequence(), known);
    var index = place - segment.first().sequence();
    if (place > 0
        && index >= 0
        && keeper.height() >= state.orElseThrow().height()
        && segment.first().network().equals(state.orElseThrow().network())
        && segment.key().equals(star.key())
        && segment.isSignedBy(verifier)) {
      var other = segment.halfBlocks().get((int) index).id();
      forks.add(new Fork(Witness.of(keeper), star, place, other));
    }
  }

  /** What of all this has had no consequence yet. */
  public List<String> missing(LedgerWatch ledger) {
    var missing = new ArrayList<String>();
    var state = ledger.state();
    doubleVotes
        .values()
        .removeIf(
            one ->
                !one.witness().isStillThere()
                    || state.isConvicted(one.committee(), ERA, one.culprit()));
    for (var one : doubleVotes.values()) {
      missing.add(
          "%s saw that %s voted twice, which is not convicted: %s"
              .formatted(one.witness().node().machine(), one.culprit(), one.vote()));
    }
    forks.removeIf(one -> !one.witness().isStillThere() || !isFork(one, ledger));
    for (var one : forks) {
      if (shown.add(one.star())) {
        tally.transition("fork seen by a keeper");
      }
      if (!ledger.isMarked(one.star())) {
        missing.add(
            "%s saw that %s forked at %d, which is not marked"
                .formatted(one.witness().node().machine(), one.star(), one.sequence()));
      }
    }
    return missing;
  }

  private static boolean isFork(Fork one, LedgerWatch ledger) {
    return ledger
        .halfBlock(one.star(), one.sequence())
        .filter(executed -> !executed.equals(one.other()))
        .isPresent();
  }
}
