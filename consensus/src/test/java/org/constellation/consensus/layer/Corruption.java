package org.constellation.consensus.layer;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.testkit.Draw;
import org.constellation.consensus.testkit.VoteTwists;

/** How a member of a committee misbehaves, whatever the committee agrees about. */
enum Corruption {
  /** Says nothing from some time on. */
  SILENT,
  /** Behaves well towards one victim or all for a while, and then falls silent. */
  HELPS_THEN_SILENT,
  /** Has a twin with other proposals; each of the two speaks to some. */
  TWIN_APART,
  /** Has a twin that contradicts it before all. */
  TWIN_BEFORE_ALL,
  /** Shows some members another proposal. */
  EQUIVOCATES_PROPOSAL,
  /** Says different things to different members, in every slot. */
  DOUBLE_VOTES,
  /** Signs two headers in every round. */
  DOUBLE_SIGNS,
  /** Sends broken coin and beacon shares. */
  MALFORMED_SHARES,
  /** Supports the value that the coin will not show. */
  AGAINST_COIN,
  /** Gives its proposals to few or none, and answers nobody. */
  WITHHOLDS,
  /** Adds random votes to its true ones. */
  BABBLES,
  /** Alters bits, adds rubbish, leaves things out. */
  GARBLES,
  /** Its proposals name bodies that do not exist; its rules must do that. */
  ABSENT_BODIES,
  /** Its proposals are nothing, or do not extend the chain; its rules must do that. */
  NONSENSE;

  static final List<Corruption> ALL = List.of(values());

  /** Those that need no help by a member's rules. */
  static final List<Corruption> OF_ANY_RULES =
      EnumSet.complementOf(EnumSet.of(ABSENT_BODIES, NONSENSE)).stream().toList();

  /** Makes a member of a started committee misbehave. */
  <B, R extends LayerRules<B>> void corrupt(
      VirtualCommittee<B, R> committee, int index, Random draw) {
    var member = committee.corrupt(index);
    var random = new SplittableRandom(draw.nextLong());
    var roster = committee.roster();
    var some = Draw.members(roster, random, 50);
    switch (this) {
      case SILENT -> member.behave(Misbehaviour.silentAfter(committee.time(), draw.nextInt(5_000)));
      case HELPS_THEN_SILENT -> {
        var victim = MemberSet.of(new MemberIndex(random.nextInt(roster.size())));
        var helped = random.nextBoolean() ? new MemberSet(-1) : victim;
        member.behave(Misbehaviour.helping(helped, random.nextInt(200 * roster.size())));
      }
      case TWIN_APART -> {
        member.behave(Misbehaviour.onlyTo(some));
        committee.twin(index).behave(Misbehaviour.onlyTo(new MemberSet(~some.bits())));
      }
      case TWIN_BEFORE_ALL -> committee.twin(index);
      case EQUIVOCATES_PROPOSAL -> member.behave(new EquivocatingProposer(index, some));
      case DOUBLE_VOTES -> {
        var twist = VoteTwists.doubleVoter(some, Draw.members(roster, random, 20));
        member.behave(Misbehaviour.twisted(_ -> twist));
      }
      case DOUBLE_SIGNS ->
          member.behave(Misbehaviour.twisted(_ -> Misbehaviour.doubleSigner(member.key(), some)));
      case MALFORMED_SHARES -> {
        var twist = VoteTwists.malformedShares(random);
        member.behave(Misbehaviour.twisted(_ -> twist));
      }
      case AGAINST_COIN ->
          member.behave(
              Misbehaviour.twisted(
                  round ->
                      VoteTwists.againstTheCoin(committee.coins(), committee.coinScope(round))));
      case WITHHOLDS ->
          member.behave(
              Misbehaviour.withholding(
                  random.nextBoolean() ? MemberSet.EMPTY : Draw.members(roster, random, 25)));
      case BABBLES -> {
        var twist = VoteTwists.babbler(roster, random);
        member.behave(Misbehaviour.twisted(_ -> twist));
      }
      case GARBLES -> member.behave(Misbehaviour.garbling(new Random(draw.nextLong())));
      case ABSENT_BODIES, NONSENSE -> {}
    }
  }
}
