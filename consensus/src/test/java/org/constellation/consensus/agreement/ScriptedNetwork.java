package org.constellation.consensus.agreement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.testkit.AgreementMachine;
import org.constellation.consensus.testkit.KeyedHashCoins;

/**
 * The correct members of one agreement, with every delivery under a script's control. The members
 * after them are Byzantine: what they say is {@link #forge forged}.
 */
final class ScriptedNetwork {

  final KeyedHashCoins coins;
  final CoinScope scope;
  final List<AgreementMachine> machines = new ArrayList<>();
  private final Map<Link, List<Vote>> undelivered = new HashMap<>();
  private int sent;

  private record Link(int from, int to) {}

  ScriptedNetwork(Roster roster, int correct, AgreementMachine.Maker maker, long seed) {
    coins = new KeyedHashCoins(roster, seed);
    scope = new CoinScope("script", 0, 0, coins.keySet(), 0, seed);
    for (var i = 0; i < correct; i++) {
      var self = new MemberIndex(i);
      machines.add(maker.make(roster, self, coins.of(self), scope, Recall.nothing()));
    }
  }

  void input(int member, boolean value) {
    post(member, machines.get(member).input(value));
  }

  /** Delivers a message if it was sent and not delivered yet. */
  void deliver(int from, int to, AgreementMessage message) {
    if (box(from, to).remove(message.toVote(0))) {
      post(to, machines.get(to).handle(new MemberIndex(from), message.toVote(0)));
    }
  }

  /** Has a Byzantine member say something to one member. */
  void forge(int byzantine, int to, AgreementMessage message) {
    post(to, machines.get(to).handle(new MemberIndex(byzantine), message.toVote(0)));
  }

  /** Delivers everything, one message per link in turn, until nothing is left. */
  void deliverAll() {
    var members = machines.size();
    for (var idle = 0; idle < members * members; ) {
      idle = 0;
      for (var from = 0; from < members; from++) {
        for (var to = 0; to < members; to++) {
          var box = box(from, to);
          if (box.isEmpty()) {
            idle++;
          } else {
            post(to, machines.get(to).handle(new MemberIndex(from), box.removeFirst()));
          }
        }
      }
    }
  }

  /** What {@code from} sent and {@code to} has not got yet. */
  List<AgreementMessage> undelivered(int from, int to) {
    return box(from, to).stream().map(AgreementMessage::from).map(Optional::orElseThrow).toList();
  }

  boolean allDecided(boolean value) {
    return machines.stream().allMatch(m -> m.decision().filter(d -> d == value).isPresent());
  }

  /** How many votes correct members sent. */
  int sent() {
    return sent;
  }

  private void post(int from, Step<Boolean> step) {
    sent += step.votes().size();
    for (var to = 0; to < machines.size(); to++) {
      if (to != from) {
        box(from, to).addAll(step.votes());
      }
    }
  }

  private List<Vote> box(int from, int to) {
    return undelivered.computeIfAbsent(new Link(from, to), _ -> new ArrayList<>());
  }
}
