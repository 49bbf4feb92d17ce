package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.agreement.AgreementMessage;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/** The lies that Byzantine members tell in votes. */
public final class VoteTwists {

  private VoteTwists() {}

  /** Says one thing to some members and another to the rest, in every slot; to witnesses both. */
  public static VoteTwist doubleVoter(MemberSet deceived, MemberSet witnesses) {
    return (vote, to) -> {
      var said = new ArrayList<>(deceived.contains(to) ? opposite(vote) : List.of(vote));
      if (witnesses.contains(to)) {
        said.addAll(deceived.contains(to) ? List.of(vote) : opposite(vote));
      }
      return said;
    };
  }

  /** Names another payload to some members, and echoes each to those who know it. */
  public static VoteTwist equivocatingProposer(MemberIndex self, MemberSet deceived) {
    return (vote, to) ->
        vote.slot().instance() == self.value() && deceived.contains(to) && isDigest(vote)
            ? List.of(otherDigest(vote))
            : List.of(vote);
  }

  /** Breaks every share in one of several ways. */
  public static VoteTwist malformedShares(SplittableRandom random) {
    return (vote, _) ->
        switch (vote.slot().kind()) {
          case COIN, BEACON -> List.of(new Vote(vote.slot(), broken(vote.value(), random)));
          case PROPOSE, ECHO, READY, BVAL, AUX, CONF, TERM, CERTIFY -> List.of(vote);
        };
  }

  /** Knows every coin, and supports the value that it will not show. */
  public static VoteTwist againstTheCoin(Coins coins, CoinScope scope) {
    return (vote, _) ->
        AgreementMessage.from(vote)
            .map(message -> against(message, vote.slot().instance(), coins, scope))
            .orElse(List.of(vote));
  }

  /** Adds nonsense: any slot, any value, any instance. */
  public static VoteTwist babbler(Roster roster, SplittableRandom random) {
    return (vote, _) -> {
      var votes = new ArrayList<>(List.of(vote));
      while (random.nextInt(3) == 0) {
        votes.add(nonsense(roster, random));
      }
      return votes;
    };
  }

  /** The digest of the payload that an equivocating proposer shows to those it deceives. */
  public static Hash otherThan(Hash digest) {
    return Hashing.tagged("TEST-OTHER").hash(digest).finish();
  }

  private static List<Vote> opposite(Vote vote) {
    if (isDigest(vote)) {
      return List.of(otherDigest(vote));
    }
    var instance = vote.slot().instance();
    return AgreementMessage.from(vote)
        .map(
            message ->
                switch (message) {
                  case BVal(var round, var value) ->
                      List.of(vote, new BVal(round, !value).toVote(instance));
                  case Aux(var round, var value) ->
                      List.of(new Aux(round, !value).toVote(instance));
                  case Conf(var round, var values) ->
                      List.of(new Conf(round, otherThan(values)).toVote(instance));
                  case Coin _ -> List.of(vote);
                  case Term(var value) -> List.of(new Term(!value).toVote(instance));
                })
        .orElse(List.of(vote));
  }

  private static List<Vote> against(
      AgreementMessage message, int instance, Coins coins, CoinScope scope) {
    return switch (message) {
      case BVal(var round, var _) ->
          List.of(new BVal(round, false).toVote(instance), new BVal(round, true).toVote(instance));
      case Aux(var round, var _) ->
          List.of(new Aux(round, !coin(round, instance, coins, scope)).toVote(instance));
      case Conf(var round, var _) ->
          List.of(
              new Conf(round, BinaryValues.of(!coin(round, instance, coins, scope)))
                  .toVote(instance));
      case Coin _ -> List.of(message.toVote(instance));
      case Term _ -> List.of();
    };
  }

  /** The coin of any round, fixed or random. */
  static boolean coin(int round, int instance, Coins coins, CoinScope scope) {
    return switch (round % 3) {
      case 0 -> true;
      case 1 -> false;
      default -> coins.foreseeBit(scope.name(instance, round));
    };
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
      case PROPOSE, ECHO, READY -> true;
      case BVAL, AUX, CONF, COIN, TERM, BEACON, CERTIFY -> false;
    };
  }

  private static Vote otherDigest(Vote vote) {
    var other = otherThan(Hash.of(vote.value().toBytes()));
    return new Vote(vote.slot(), VoteValue.of(other.toBytes()));
  }

  private static VoteValue broken(VoteValue share, SplittableRandom random) {
    var bytes = share.toBytes();
    return switch (random.nextInt(4)) {
      case 0 -> VoteValue.EMPTY;
      case 1 -> VoteValue.of(new byte[bytes.length]);
      case 2 -> {
        random.nextBytes(bytes);
        yield VoteValue.of(bytes);
      }
      default -> {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        yield VoteValue.of(bytes);
      }
    };
  }

  private static Vote nonsense(Roster roster, SplittableRandom random) {
    var kind = SlotKind.ofCode(1 + random.nextInt(SlotKind.values().length)).orElseThrow();
    var instance =
        random.nextInt(8) == 0
            ? random.nextInt(Slot.BEACON_INSTANCE + 1)
            : random.nextInt(roster.size());
    var step = random.nextInt(8) == 0 ? random.nextInt(Integer.MAX_VALUE) : random.nextInt(6);
    var bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(100) : random.nextInt(2)];
    random.nextBytes(bytes);
    if (bytes.length == 1) {
      bytes[0] &= 3;
    }
    return new Vote(new Slot(instance, kind, step), VoteValue.of(bytes));
  }
}
