package org.constellation.simulation.byzantine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.layer.RoundVote;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.Dice;
import org.jspecify.annotations.Nullable;

/** Makes of what one member says to its committee what the others get to hear. */
public final class Tampering {

  private static final int FLOOD = 3;
  private static final int BURST = 100;
  private static final int BURST_PERCENT = 1;
  private static final int ROUNDS_AHEAD = 200;
  private static final int HOURS_MAX = 24;

  private final Misbehaviour misbehaviour;
  private final Committee committee;
  private final int self;
  private final int members;
  private final Dice dice;
  private final boolean colludes;
  private final Tally tally;
  private final TreeSet<Integer> deceived = new TreeSet<>();
  private final TreeSet<Integer> witnesses = new TreeSet<>();
  private final TreeMap<Long, Bytes> proposals = new TreeMap<>();
  private final TreeMap<Long, Bytes> shownInstead = new TreeMap<>();
  private @Nullable Misnumbered shown;
  private @Nullable Envelope heard;

  /**
   * One member's.
   *
   * @param whom says whom it deceives; those who collude have equal ones
   * @param colludes whether another has equal ones
   */
  public Tampering(
      Misbehaviour misbehaviour,
      Committee committee,
      int self,
      int members,
      Dice dice,
      Dice whom,
      boolean colludes,
      Tally tally) {
    this.misbehaviour = misbehaviour;
    this.committee = committee;
    this.self = self;
    this.members = members;
    this.dice = dice;
    this.colludes = colludes;
    this.tally = tally;
    for (var member = 0; member < members; member++) {
      if (whom.percent(50)) {
        deceived.add(member);
      }
      if (whom.percent(15)) {
        witnesses.add(member);
      }
    }
  }

  /** The round that a message belongs to; nothing where it names none. */
  public static Optional<Long> roundOf(Bytes message) {
    return RoundVote.decode(message)
        .map(RoundVote::round)
        .or(() -> Proposals.read(message).map(LayerMessages.Payload::getRound));
  }

  /** How. */
  public Misbehaviour misbehaviour() {
    return misbehaviour;
  }

  /** Whether all hear the same. */
  public boolean isSameForAll() {
    return switch (misbehaviour) {
      case TWIN,
          GARBAGE_CERTIFICATES,
          ABSENT_BODIES,
          FALSE_EVIDENCE,
          FALSE_TIMES,
          MALFORMED_SHARES,
          NONSENSE,
          FLOODS ->
          true;
      case SILENT, DOUBLE_VOTES, DOUBLE_PROPOSALS, WITHHOLDS, GARBLES -> false;
    };
  }

  /** What a member hears instead. */
  public List<Bytes> instead(int receiver, List<Bytes> messages) {
    return switch (misbehaviour) {
      case TWIN -> messages;
      case GARBAGE_CERTIFICATES -> withMisnumbered(messages);
      case SILENT -> withheld();
      case WITHHOLDS ->
          deceived.contains(receiver) && dice.percent(80) ? collude(withheld()) : messages;
      case DOUBLE_VOTES -> each(messages, message -> doubled(receiver, message));
      case DOUBLE_PROPOSALS -> each(messages, message -> List.of(otherProposal(receiver, message)));
      case MALFORMED_SHARES -> each(messages, message -> List.of(brokenShare(message)));
      case NONSENSE -> each(messages, this::withNonsense);
      case GARBLES -> each(messages, message -> List.of(garbled(message)));
      case ABSENT_BODIES ->
          each(messages, message -> List.of(changed(message, this::withAbsentBody)));
      case FALSE_EVIDENCE ->
          each(messages, message -> List.of(changed(message, this::withFalseEvidence)));
      case FALSE_TIMES -> each(messages, message -> List.of(changed(message, this::withFalseTime)));
      case FLOODS -> flood(messages);
    };
  }

  /** What a member makes itself hear: nothing of what others hold signed from it. */
  public Bytes unshown(Bytes message) {
    return Proposals.withoutVotes(message);
  }

  private interface Each {
    List<Bytes> instead(Bytes message);
  }

  private static List<Bytes> each(List<Bytes> messages, Each each) {
    var all = new ArrayList<Bytes>();
    messages.forEach(message -> all.addAll(each.instead(message)));
    return all;
  }

  private List<Bytes> withheld() {
    tally.count(Fault.MEMBER_WITHHOLDS);
    return List.of();
  }

  private List<Bytes> doubled(int receiver, Bytes message) {
    var ballot = RoundVote.decode(message);
    var other =
        ballot.flatMap(
            one -> Ballots.opposite(one.vote()).map(opposed -> Ballots.with(one, opposed)));
    if (other.isEmpty() || !(deceived.contains(receiver) || witnesses.contains(receiver))) {
      return List.of(message);
    }
    tally.count(Fault.DOUBLE_VOTE);
    return collude(
        witnesses.contains(receiver)
            ? List.of(message, other.get().encode())
            : List.of(other.get().encode()));
  }

  /** Passes on what somebody is deceived by, whom others deceive, too, if there are such. */
  private <T> T collude(T said) {
    if (colludes) {
      tally.count(Fault.COLLUSION);
    }
    return said;
  }

  private Bytes otherProposal(int receiver, Bytes message) {
    var payload = Proposals.read(message);
    if (payload.isPresent()) {
      var round = payload.get().getRound();
      var own = Bytes.copyOf(payload.get().getPayload().toByteArray());
      proposals.put(round, own);
      if (!deceived.contains(receiver)) {
        return message;
      }
      tally.count(Fault.DOUBLE_PROPOSAL);
      return collude(Proposals.encode(round, Proposals.later(own, committee, 1)));
    }
    return RoundVote.decode(message)
        .filter(_ -> deceived.contains(receiver))
        .map(ballot -> otherDigest(ballot).encode())
        .orElse(message);
  }

  private RoundVote otherDigest(RoundVote ballot) {
    var own = proposals.get(ballot.round());
    var vote = ballot.vote();
    if (own == null
        || vote.slot().instance() != self
        || !vote.value().equals(named(ballot.round(), own))) {
      return ballot;
    }
    var other = named(ballot.round(), Proposals.later(own, committee, 1));
    return Ballots.with(ballot, new Vote(vote.slot(), other));
  }

  private VoteValue named(long round, Bytes payload) {
    return VoteValue.of(Proposals.digest(round, self, payload).toBytes());
  }

  /** Makes another proposal of its own one. */
  private interface Change {
    Bytes of(long round, Bytes own);
  }

  /** The other proposal, or a vote that names it. */
  private Bytes changed(Bytes message, Change change) {
    var payload = Proposals.read(message);
    if (payload.isPresent()) {
      var round = payload.get().getRound();
      var own = Bytes.copyOf(payload.get().getPayload().toByteArray());
      proposals.put(round, own);
      var other = shownInstead.computeIfAbsent(round, _ -> change.of(round, own));
      return Proposals.encode(round, other);
    }
    return RoundVote.decode(message)
        .filter(
            ballot -> {
              var own = proposals.get(ballot.round());
              return own != null
                  && ballot.vote().slot().instance() == self
                  && ballot.vote().value().equals(named(ballot.round(), own));
            })
        .flatMap(
            ballot ->
                Optional.ofNullable(shownInstead.get(ballot.round()))
                    .map(other -> new Vote(ballot.vote().slot(), named(ballot.round(), other)))
                    .map(vote -> Ballots.with(ballot, vote).encode()))
        .orElse(message);
  }

  private Bytes withAbsentBody(long round, Bytes own) {
    tally.count(Fault.ABSENT_BODY);
    return Proposals.withAbsentBody(round, own, committee);
  }

  private Bytes withFalseEvidence(long round, Bytes own) {
    return Optional.ofNullable(heard)
        .filter(_ -> dice.percent(50))
        .flatMap(said -> Falsehoods.doubleVote(said, dice))
        .map(
            evidence -> {
              tally.count(Fault.FALSE_EVIDENCE);
              return Proposals.withEvidence(own, evidence, committee);
            })
        .orElse(own);
  }

  private Bytes withFalseTime(long round, Bytes own) {
    tally.count(Fault.FALSE_TIME);
    var hours = (1 + dice.below(HOURS_MAX)) * (dice.percent(50) ? 1 : -1);
    return Proposals.later(own, committee, Duration.ofHours(hours).toMillis());
  }

  /** What another member said: a lie about it has much of that. */
  public void heard(Envelope envelope) {
    heard = envelope;
  }

  private Bytes brokenShare(Bytes message) {
    return RoundVote.decode(message)
        .filter(ballot -> Ballots.isShare(ballot.vote()))
        .map(
            ballot -> {
              tally.count(Fault.MALFORMED_SHARE);
              return Ballots.with(ballot, Ballots.broken(ballot.vote(), dice)).encode();
            })
        .orElse(message);
  }

  private List<Bytes> withNonsense(Bytes message) {
    var all = new ArrayList<Bytes>();
    all.add(message);
    RoundVote.decode(message)
        .ifPresent(
            ballot -> {
              for (var vote : Ballots.nonsense(members, dice)) {
                tally.count(Fault.NONSENSE_VOTE);
                all.add(Ballots.with(ballot, vote).encode());
              }
            });
    return all;
  }

  private Bytes garbled(Bytes message) {
    if (!dice.percent(30) || message.length() == 0) {
      return message;
    }
    tally.count(Fault.GARBAGE);
    var maimed = dice.percent(50) ? Forgeries.maimed(message) : Optional.<Bytes>empty();
    if (maimed.isPresent()) {
      return maimed.get();
    }
    var bytes = message.toArray();
    for (var times = 0; times <= dice.below(4); times++) {
      bytes[dice.below(bytes.length)] = (byte) dice.below(256);
    }
    return Bytes.copyOf(
        dice.percent(20) ? Arrays.copyOf(bytes, dice.below(bytes.length) + 1) : bytes);
  }

  private List<Bytes> flood(List<Bytes> messages) {
    var all = new ArrayList<Bytes>();
    var copies = dice.percent(BURST_PERCENT) ? BURST : FLOOD;
    for (var times = 0; times < copies; times++) {
      all.addAll(messages);
    }
    messages.forEach(message -> ahead(message).ifPresent(all::add));
    tally.count(Fault.FLOOD);
    all.add(Bytes.copyOf(junk()));
    return all;
  }

  /** A vote once more, for a round that is far from open. */
  private Optional<Bytes> ahead(Bytes message) {
    return RoundVote.decode(message)
        .map(
            ballot ->
                new RoundVote(ballot.round() + 1 + dice.below(ROUNDS_AHEAD), ballot.vote())
                    .encode());
  }

  /** Adds a true certificate under the number of a round that it does not end. */
  private List<Bytes> withMisnumbered(List<Bytes> messages) {
    var real = shown;
    if (real == null || !dice.percent(30)) {
      return messages;
    }
    tally.count(Fault.GARBAGE_CERTIFICATE);
    var all = new ArrayList<Bytes>(messages);
    all.add(real.underRound(real.round() + 1 + dice.below(3)));
    return all;
  }

  /** Bytes that mean nothing. */
  public byte[] junk() {
    var junk = new byte[dice.below(2_000) + 1];
    dice.generator().nextBytes(junk);
    return junk;
  }

  /**
   * A block that nobody certified, made of a real one; nothing if the message carries none.
   *
   * @param own this member's signature over a header
   */
  public List<Bytes> forged(
      Bytes message, boolean isGalaxy, Function<Hash, Certificate.MemberSignature> own) {
    Misnumbered.of(message, isGalaxy).ifPresent(real -> shown = real);
    var forged = Forgeries.of(message, isGalaxy, own, dice);
    forged.ifPresent(_ -> tally.count(Fault.GARBAGE_CERTIFICATE));
    return forged.orElse(List.of());
  }
}
