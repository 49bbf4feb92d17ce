package org.constellation.simulation.byzantine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.agreement.AgreementMessage;
import org.constellation.consensus.layer.RoundVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.simulation.time.Dice;

/** What can be made of votes. */
final class Ballots {

  private static final List<SlotKind> KINDS = List.of(SlotKind.values());

  private Ballots() {}

  /** Another vote in the same round. */
  static RoundVote with(RoundVote ballot, Vote other) {
    return new RoundVote(ballot.round(), other);
  }

  /** The same slot with another value; nothing where there is no other. */
  static Optional<Vote> opposite(Vote vote) {
    if (isDigest(vote)) {
      var other = Hashing.tagged("SIMULATED-OTHER").hash(Hash.of(vote.value().toBytes())).finish();
      return Optional.of(new Vote(vote.slot(), VoteValue.of(other.toBytes())));
    }
    var instance = vote.slot().instance();
    return AgreementMessage.from(vote)
        .flatMap(
            message ->
                switch (message) {
                  case AgreementMessage.BVal(var round, var value) ->
                      Optional.of(new AgreementMessage.BVal(round, !value).toVote(instance));
                  case AgreementMessage.Aux(var round, var value) ->
                      Optional.of(new AgreementMessage.Aux(round, !value).toVote(instance));
                  case AgreementMessage.Conf(var round, var values) ->
                      Optional.of(
                          new AgreementMessage.Conf(round, otherThan(values)).toVote(instance));
                  case AgreementMessage.Term(var value) ->
                      Optional.of(new AgreementMessage.Term(!value).toVote(instance));
                  case AgreementMessage.Coin _ -> Optional.empty();
                });
  }

  private static BinaryValues otherThan(BinaryValues values) {
    return switch (values) {
      case NONE, ZERO -> BinaryValues.ONE;
      case ONE -> BinaryValues.BOTH;
      case BOTH -> BinaryValues.ZERO;
    };
  }

  private static boolean isDigest(Vote vote) {
    return switch (vote.slot().kind()) {
      case PROPOSE, ECHO, READY -> vote.value().length() == Hash.LENGTH;
      case BVAL, AUX, CONF, COIN, TERM, BEACON, CERTIFY -> false;
    };
  }

  static boolean isShare(Vote vote) {
    return switch (vote.slot().kind()) {
      case COIN, BEACON -> true;
      case PROPOSE, ECHO, READY, BVAL, AUX, CONF, TERM, CERTIFY -> false;
    };
  }

  /** The same vote with a value that is no share. */
  static Vote broken(Vote vote, Dice dice) {
    var bytes = vote.value().toBytes();
    var value =
        switch (dice.below(4)) {
          case 0 -> VoteValue.EMPTY;
          case 1 -> VoteValue.of(new byte[bytes.length]);
          case 2 -> {
            dice.generator().nextBytes(bytes);
            yield VoteValue.of(bytes);
          }
          default -> {
            if (bytes.length > 0) {
              bytes[dice.below(bytes.length)] ^= (byte) (1 << dice.below(Byte.SIZE));
            }
            yield VoteValue.of(bytes);
          }
        };
    return new Vote(vote.slot(), value);
  }

  /** Votes of any slot with any value. */
  static List<Vote> nonsense(int members, Dice dice) {
    var votes = new ArrayList<Vote>();
    while (dice.percent(40)) {
      var kind = dice.oneOf(KINDS);
      var instance = dice.percent(12) ? dice.below(Slot.BEACON_INSTANCE + 1) : dice.below(members);
      var step = dice.percent(12) ? dice.below(Integer.MAX_VALUE) : dice.below(6);
      var bytes = new byte[dice.percent(30) ? dice.below(100) : dice.below(2)];
      dice.generator().nextBytes(bytes);
      if (bytes.length == 1) {
        bytes[0] &= 3;
      }
      Slot.decode(instance, kind.code(), step)
          .ifPresent(slot -> votes.add(new Vote(slot, VoteValue.of(bytes))));
    }
    return votes;
  }
}
