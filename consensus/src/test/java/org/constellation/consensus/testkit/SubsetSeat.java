package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.subset.Subset;
import org.constellation.consensus.testkit.Packet.Payload;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * A member that runs one subset as a layer would: journal before sending, payloads stored before
 * they count as held, pulls for what is wanted.
 */
public final class SubsetSeat implements Seat<Packet> {

  private final Roster roster;
  private final MemberIndex self;
  private final Coins coins;
  private final CoinScope scope;
  private final Observations<AgreedSubset> observations;
  private final MemberJournal journal = new MemberJournal();
  private int lives;

  /** A member that has not taken part yet. */
  public SubsetSeat(
      Roster roster,
      MemberIndex self,
      Coins coins,
      CoinScope scope,
      Observations<AgreedSubset> observations) {
    this.roster = roster;
    this.self = self;
    this.coins = coins;
    this.scope = scope;
    this.observations = observations;
  }

  @Override
  public Participant<Packet> newLife() {
    lives++;
    return new Member(new Subset(roster, self, coins.of(self), scope, journal.recall()), lives);
  }

  private final class Member implements Participant<Packet> {
    private final Subset subset;
    private final int life;
    private final Set<Asked> asked = new HashSet<>();

    private record Asked(Payload payload, MemberIndex of) {}

    Member(Subset subset, int life) {
      this.subset = subset;
      this.life = life;
    }

    @Override
    public void start(Port<Packet> port) {
      act(subset.resume(), port);
      for (var stored : List.copyOf(journal.payloads().entrySet())) {
        for (var digest : List.copyOf(stored.getValue())) {
          act(subset.held(stored.getKey(), digest), port);
        }
      }
      // The pool changes while a member is down; what it proposed before must stand nevertheless.
      var digest = Hashing.tagged("TEST-PAYLOAD").number(self.value()).number(life).finish();
      journal.store(self, digest);
      act(subset.propose(digest), port);
      act(subset.held(self, digest), port);
    }

    @Override
    public void receive(MemberIndex from, Packet packet, Port<Packet> port) {
      act(subset.handle(from, packet.votes()), port);
      for (var payload : packet.payloads()) {
        take(payload, port);
      }
      answer(from, packet.pulls(), port);
      for (var proposer : touched(packet)) {
        pull(proposer, port);
      }
    }

    private void take(Payload payload, Port<Packet> port) {
      var proposer = payload.proposer();
      if (roster.contains(proposer) && subset.wanted(proposer).containsKey(payload.digest())) {
        port.crashPoint();
        journal.store(proposer, payload.digest());
        act(subset.held(proposer, payload.digest()), port);
      }
    }

    private void answer(MemberIndex to, List<Payload> pulls, Port<Packet> port) {
      var found = pulls.stream().filter(p -> journal.holds(p.proposer(), p.digest())).toList();
      if (!found.isEmpty()) {
        port.send(to, new Packet(List.of(), found, List.of()));
      }
    }

    private List<MemberIndex> touched(Packet packet) {
      return packet.votes().stream()
          .filter(vote -> vote.slot().kind().compareTo(SlotKind.READY) <= 0)
          .map(vote -> vote.slot().instance())
          .filter(instance -> instance < roster.size())
          .distinct()
          .map(MemberIndex::new)
          .toList();
    }

    private void pull(MemberIndex proposer, Port<Packet> port) {
      subset
          .wanted(proposer)
          .forEach(
              (digest, holders) -> {
                for (var holder : holders.members()) {
                  var payload = new Payload(proposer, digest);
                  if (asked.add(new Asked(payload, holder))) {
                    port.send(holder, new Packet(List.of(), List.of(), List.of(payload)));
                  }
                }
              });
    }

    private void act(Step<AgreedSubset> step, Port<Packet> port) {
      if (step.isToBeJournalled()) {
        port.crashPoint();
        journal.append(step);
      }
      observations.saw(self, step);
      if (!step.votes().isEmpty()) {
        observations.sent(self, step.votes());
        port.broadcast(new Packet(step.votes(), ownPayloads(step.votes()), List.of()));
      }
    }

    private List<Payload> ownPayloads(List<Vote> votes) {
      var payloads = new ArrayList<Payload>();
      for (var vote : votes) {
        if (vote.slot().kind() == SlotKind.PROPOSE) {
          payloads.add(new Payload(self, Hash.of(vote.value().toBytes())));
        }
      }
      return payloads;
    }
  }
}
