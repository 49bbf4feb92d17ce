package org.constellation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.subset.Subset;
import org.constellation.consensus.testkit.Coins;
import org.constellation.protocol.crypto.Hashing;

/**
 * All members of one subset and what is on its way between them; of all packets a random one
 * arrives next. Everybody holds every payload from the start.
 */
final class SubsetCommittee {

  private final Roster roster;
  private final List<Subset> machines = new ArrayList<>();
  private final List<Packet> underway = new ArrayList<>();
  private final SplittableRandom random;

  private record Packet(MemberIndex from, MemberIndex to, List<Vote> votes) {}

  SubsetCommittee(Roster roster, Coins coins, long run) {
    this.roster = roster;
    this.random = new SplittableRandom(run);
    var scope = new CoinScope("benchmark", 0, 0, coins.keySet(), 0, run);
    for (var member : roster.members()) {
      machines.add(new Subset(roster, member, coins.of(member), scope, Recall.nothing()));
    }
  }

  AgreedSubset agree() {
    for (var proposer : roster.members()) {
      var digest = Hashing.tagged("BENCHMARK-PAYLOAD").number(proposer.value()).finish();
      for (var member : roster.members()) {
        send(member, machines.get(member.value()).held(proposer, digest));
      }
      send(proposer, machines.get(proposer.value()).propose(digest));
    }
    while (!underway.isEmpty()) {
      var packet = takeAny();
      send(packet.to(), machines.get(packet.to().value()).handle(packet.from(), packet.votes()));
    }
    var agreed = machines.stream().map(machine -> machine.agreed().orElseThrow()).distinct();
    var all = agreed.toList();
    if (all.size() != 1) {
      throw new IllegalStateException("no agreement: " + all);
    }
    return all.getFirst();
  }

  private void send(MemberIndex from, Step<AgreedSubset> step) {
    if (!step.votes().isEmpty()) {
      for (var to : roster.members()) {
        if (!to.equals(from)) {
          underway.add(new Packet(from, to, step.votes()));
        }
      }
    }
  }

  private Packet takeAny() {
    var index = random.nextInt(underway.size());
    var taken = underway.get(index);
    var last = underway.removeLast();
    if (index < underway.size()) {
      underway.set(index, last);
    }
    return taken;
  }
}
