package org.constellation.consensus.agreement;

import java.util.Optional;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;

/** Everything that a member can say inside one binary agreement. */
public sealed interface AgreementMessage {

  /** An estimate of {@code round}, the sender's own or one that f+1 members told it. */
  record BVal(int round, boolean value) implements AgreementMessage {}

  /** The value that became binding first for the sender in {@code round}. */
  record Aux(int round, boolean value) implements AgreementMessage {}

  /** The set of values that the sender found in a quorum of AUX votes of {@code round}. */
  record Conf(int round, BinaryValues values) implements AgreementMessage {}

  /** The sender's share of the coin of {@code round}. */
  record Coin(int round, VoteValue share) implements AgreementMessage {}

  /** The sender's decision. */
  record Term(boolean value) implements AgreementMessage {}

  /** This message as a vote in {@code instance}. */
  default Vote toVote(int instance) {
    return switch (this) {
      case BVal(var round, var value) ->
          vote(instance, SlotKind.BVAL, 2 * round + bit(value), VoteValue.EMPTY);
      case Aux(var round, var value) ->
          vote(instance, SlotKind.AUX, round, VoteValue.ofByte(bit(value)));
      case Conf(var round, var values) ->
          vote(instance, SlotKind.CONF, round, VoteValue.ofByte(values.code()));
      case Coin(var round, var share) -> vote(instance, SlotKind.COIN, round, share);
      case Term(var value) -> vote(instance, SlotKind.TERM, 0, VoteValue.ofByte(bit(value)));
    };
  }

  /** The message that {@code vote} carries, if it is one; its instance is not looked at. */
  static Optional<AgreementMessage> from(Vote vote) {
    var step = vote.slot().step();
    var value = vote.value();
    return switch (vote.slot().kind()) {
      case BVAL ->
          value.length() == 0 ? Optional.of(new BVal(step / 2, step % 2 == 1)) : Optional.empty();
      case AUX -> bitOf(value).map(bit -> new Aux(step, bit));
      case CONF -> setOf(value).map(values -> new Conf(step, values));
      case COIN -> Optional.of(new Coin(step, value));
      case TERM -> step == 0 ? bitOf(value).map(Term::new) : Optional.empty();
      case PROPOSE, ECHO, READY, BEACON, CERTIFY -> Optional.empty();
    };
  }

  private static Vote vote(int instance, SlotKind kind, int step, VoteValue value) {
    return new Vote(new Slot(instance, kind, step), value);
  }

  private static int bit(boolean value) {
    return value ? 1 : 0;
  }

  private static Optional<Boolean> bitOf(VoteValue value) {
    return value.length() == 1 && value.at(0) <= 1
        ? Optional.of(value.at(0) == 1)
        : Optional.empty();
  }

  private static Optional<BinaryValues> setOf(VoteValue value) {
    return value.length() == 1
        ? BinaryValues.ofCode(value.at(0)).filter(values -> values != BinaryValues.NONE)
        : Optional.empty();
  }
}
