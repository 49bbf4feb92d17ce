package org.constellation.simulation.decided;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.subset.SubsetSource;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.simulation.broker.Broker;
import org.constellation.simulation.time.Machine;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Guilty;

/**
 * All rounds of one committee, seen from above. A round is decided as soon as n−f correct members
 * have power, are not cut off from each other, and hold each other's proposals; it is never decided
 * otherwise. All proposals that these members hold are in.
 *
 * <p>What it knows of a member is what that member's present life has on its disk.
 */
public final class Decisions {

  /** So many rounds before the newest are remembered; nobody takes part in older ones any more. */
  private static final int REMEMBERED = 256;

  private final EraPlan plan;
  private final Roster roster;
  private final long seed;
  private final VirtualTime time;
  private final Broker broker;
  private final Guilty guilty;
  private final TreeMap<Long, Round> rounds = new TreeMap<>();
  private final TreeSet<String> machines = new TreeSet<>();
  private long powerLosses;
  private long forgotten;

  private static final class Round {
    // By machine: a Byzantine member may have two.
    private final TreeMap<String, DecidedSubset> seats = new TreeMap<>();
    private long changes;
    private long decidedAt = -1;
    private Optional<AgreedSubset> decision = Optional.empty();
  }

  /**
   * @param seed makes the beacons
   * @param guilty members count for nothing
   */
  public Decisions(EraPlan plan, long seed, VirtualTime time, Broker broker, Guilty guilty) {
    this.plan = plan;
    this.roster = new Roster(plan.members().size());
    this.seed = seed;
    this.time = time;
    this.broker = broker;
    this.guilty = guilty;
  }

  /** How a member takes part in one of its lives. */
  public SubsetSource of(Machine.Life life) {
    if (machines.add(life.machine().name())) {
      life.machine().atPowerLoss(() -> powerLosses++);
    }
    return (_, self, scope, recall) -> {
      var subset = new DecidedSubset(this, scope.round(), self, life, recall);
      if (scope.round() > forgotten) {
        var round = round(scope.round());
        round.seats.put(life.machine().name(), subset);
        round.changes++;
      }
      return subset;
    };
  }

  /** Told by a seat of a round that it has proposed, or holds more than before. */
  void changed(long number) {
    if (number > forgotten) {
      round(number).changes++;
    }
  }

  /** Everything that a decision depends on; it never takes a value twice. */
  private long changes(Round round) {
    return round.changes + powerLosses + broker.partings();
  }

  private Round round(long round) {
    return rounds.computeIfAbsent(round, _ -> new Round());
  }

  /** Counts what happens, so that one turn can be told from the next. */
  long happened() {
    return time.happened();
  }

  int members() {
    return roster.size();
  }

  /** What is decided, as far as {@code asking} could have heard of it. */
  Optional<AgreedSubset> heardBy(DecidedSubset asking) {
    return decided(asking.round()).filter(_ -> present(asking.round(), asking) >= roster.quorum());
  }

  /** What is decided, whether or not anybody could have heard of it. */
  Optional<AgreedSubset> decided(long number) {
    if (number <= forgotten) {
      return Optional.empty();
    }
    var round = round(number);
    // Asked for every proposer by every member at every look, and there is rarely news.
    if (round.decision.isEmpty() && round.decidedAt != changes(round)) {
      round.decidedAt = changes(round);
      round.decision = decide(number, round);
      if (round.decision.isPresent()) {
        forgotten = Math.max(forgotten, number - REMEMBERED);
        rounds.headMap(forgotten, true).clear();
      }
    }
    return round.decision;
  }

  /** Who has a payload on disk. */
  MemberSet holders(long number, MemberIndex proposer, Hash digest) {
    var holders = MemberSet.EMPTY;
    for (var seat : round(number).seats.values()) {
      if (!seat.life().isOver() && seat.isHeld(proposer, digest)) {
        holders = holders.with(seat.self());
      }
    }
    return holders;
  }

  private boolean isCorrect(MemberIndex member) {
    return !guilty.isMember(plan.members().get(member.value()).operationalKey());
  }

  private boolean areTogether(DecidedSubset one, DecidedSubset other) {
    return broker.areTogether(one.life().machine().name(), other.life().machine().name());
  }

  /** How many correct members take part that are not cut off from this one. */
  private long present(long number, DecidedSubset asking) {
    return round(number).seats.values().stream()
        .filter(seat -> !seat.life().isOver() && isCorrect(seat.self()))
        .filter(seat -> areTogether(seat, asking))
        .count();
  }

  private Optional<AgreedSubset> decide(long number, Round round) {
    var ready = new ArrayList<DecidedSubset>();
    for (var seat : round.seats.values()) {
      if (!seat.life().isOver() && isCorrect(seat.self()) && seat.own().isPresent()) {
        ready.add(seat);
      }
    }
    // Those who decide hold each other's proposals, so many at least: mostly that says enough.
    if (ready.stream().filter(seat -> seat.proposersHeld() >= roster.quorum()).count()
        < roster.quorum()) {
      return Optional.empty();
    }
    while (ready.size() >= roster.quorum()) {
      var first = ready.getFirst();
      var able = new ArrayList<>(ready);
      able.removeIf(seat -> !areTogether(seat, first));
      ready.removeAll(able);
      leaveThoseWhoHoldAll(able);
      if (able.size() >= roster.quorum()) {
        return Optional.of(new AgreedSubset(heldByAll(able), beacon(number)));
      }
    }
    return Optional.empty();
  }

  /** Takes away whoever lacks most of the others' proposals, until nobody lacks any. */
  private void leaveThoseWhoHoldAll(List<DecidedSubset> able) {
    if (able.size() < roster.quorum()) {
      return;
    }
    var proposals = new TreeMap<MemberIndex, Hash>();
    for (var seat : able) {
      proposals.put(seat.self(), seat.own().orElseThrow());
    }
    var lacking = new ArrayList<BitSet>();
    for (var seat : able) {
      lacking.add(lacking(seat, proposals));
    }
    while (able.size() >= roster.quorum()) {
      var most = 0;
      var worst = 0;
      for (var place = 0; place < able.size(); place++) {
        var lacks = lacking.get(place).cardinality();
        if (lacks > most) {
          most = lacks;
          worst = place;
        }
      }
      if (most == 0) {
        return;
      }
      var gone = able.remove(worst).self().value();
      lacking.remove(worst);
      lacking.forEach(one -> one.clear(gone));
    }
  }

  /** Whose of these proposals a member does not hold. */
  private static BitSet lacking(DecidedSubset seat, SortedMap<MemberIndex, Hash> proposals) {
    var lacking = new BitSet();
    proposals.forEach(
        (proposer, digest) -> {
          if (!seat.isHeld(proposer, digest)) {
            lacking.set(proposer.value());
          }
        });
    return lacking;
  }

  private SortedMap<MemberIndex, Hash> heldByAll(List<DecidedSubset> able) {
    var proposals = new TreeMap<MemberIndex, Hash>();
    for (var proposer : roster.members()) {
      able.getFirst().held(proposer).stream()
          .filter(digest -> able.stream().allMatch(seat -> seat.isHeld(proposer, digest)))
          .findFirst()
          .ifPresent(digest -> proposals.put(proposer, digest));
    }
    return proposals;
  }

  private Hash beacon(long number) {
    return Hashing.tagged("SIMULATED-BEACON")
        .number(seed)
        .text(plan.committee().toString())
        .number(number)
        .finish();
  }
}
