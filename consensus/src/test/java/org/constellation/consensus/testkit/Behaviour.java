package org.constellation.consensus.testkit;

import java.util.List;
import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;

/** How a Byzantine member misbehaves. */
public enum Behaviour {
  /** Says nothing at all. */
  SILENT,
  /** Behaves well towards one victim or all for a while, and then falls silent. */
  HELPS_THEN_SILENT,
  /** Proposes different payloads to different members. */
  EQUIVOCATES_PROPOSAL,
  /** Says different things to different members, in every slot. */
  DOUBLE_VOTES,
  /** Sends broken coin and beacon shares. */
  MALFORMED_SHARES,
  /** Proposes a payload that few or none can get, and answers no pull. */
  ABSENT_PAYLOAD,
  /** Supports the value that the coin will not show. */
  AGAINST_COIN,
  /** Adds random votes to its true ones. */
  BABBLES;

  private static final List<Behaviour> ALL = List.of(values());

  /** Any behaviour. */
  public static Behaviour draw(SplittableRandom random) {
    return ALL.get(random.nextInt(ALL.size()));
  }

  /** What this behaviour does to the packets of {@code self}. */
  public Tamper<Packet> tamper(
      Roster roster, MemberIndex self, Coins coins, CoinScope scope, SplittableRandom random) {
    var some = Draw.members(roster, random, 50);
    return switch (this) {
      case SILENT -> (_, _) -> List.of();
      case HELPS_THEN_SILENT -> helper(roster, random);
      case EQUIVOCATES_PROPOSAL -> equivocator(self, some);
      case DOUBLE_VOTES -> over(VoteTwists.doubleVoter(some, Draw.members(roster, random, 20)));
      case MALFORMED_SHARES -> over(VoteTwists.malformedShares(random));
      case ABSENT_PAYLOAD ->
          withholder(random.nextBoolean() ? MemberSet.EMPTY : Draw.members(roster, random, 25));
      case AGAINST_COIN -> over(VoteTwists.againstTheCoin(coins, scope));
      case BABBLES -> over(VoteTwists.babbler(roster, random));
    };
  }

  private static Tamper<Packet> over(VoteTwist twist) {
    return twist.over(Packet::votes, Packet::with);
  }

  private static Tamper<Packet> helper(Roster roster, SplittableRandom random) {
    var helped =
        random.nextBoolean()
            ? new MemberSet(-1)
            : MemberSet.of(new MemberIndex(random.nextInt(roster.size())));
    var left = new int[] {random.nextInt(10 * roster.size() * roster.size())};
    return (packet, to) -> left[0]-- > 0 && helped.contains(to) ? List.of(packet) : List.of();
  }

  private static Tamper<Packet> equivocator(MemberIndex self, MemberSet deceived) {
    var votes = over(VoteTwists.equivocatingProposer(self, deceived));
    return (packet, to) -> {
      var payloads =
          packet.payloads().stream()
              .map(p -> deceived.contains(to) && p.proposer().equals(self) ? other(p) : p)
              .toList();
      return votes.instead(new Packet(packet.votes(), payloads, packet.pulls()), to);
    };
  }

  private static Packet.Payload other(Packet.Payload payload) {
    return new Packet.Payload(payload.proposer(), VoteTwists.otherThan(payload.digest()));
  }

  private static Tamper<Packet> withholder(MemberSet given) {
    return (packet, to) ->
        List.of(
            given.contains(to) ? packet : new Packet(packet.votes(), List.of(), packet.pulls()));
  }
}
