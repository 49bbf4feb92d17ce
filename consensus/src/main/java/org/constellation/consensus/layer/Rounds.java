package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.constellation.consensus.Vote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.SignedMessage;
import org.jspecify.annotations.Nullable;

/**
 * The rounds that are not over, in their order: when the next one starts, when a block can be
 * built, when it is certified.
 *
 * @param <B> the layer's block
 */
final class Rounds<B> {

  private final LayerConfig config;
  private final LayerRules<B> rules;
  private final LayerPorts ports;
  private final Chain<B> chain;
  private final Peers peers;
  private final LayerRecall recall;
  private final BodyJournal bodies = new BodyJournal();
  private final TreeMap<Long, LayerRound<B>> open = new TreeMap<>();
  private long lastStartMillis;
  private @Nullable String waiting;

  Rounds(
      LayerConfig config,
      LayerRules<B> rules,
      LayerPorts ports,
      Chain<B> chain,
      Peers peers,
      LayerRecall recall) {
    this.config = config;
    this.rules = rules;
    this.ports = ports;
    this.chain = chain;
    this.peers = peers;
    this.recall = recall;
  }

  /** Takes up the rounds of the journal that have no certificate yet. */
  void resume(Turn<B> turn) {
    lastStartMillis = turn.nowMillis();
    for (var round : recall.rounds()) {
      if (round > chain.certified()) {
        var resumed = create(round);
        open.put(round, resumed);
        resumed.resume(recall, turn);
      }
    }
  }

  /** The round if votes in it are taken now. */
  Optional<LayerRound<B>> open(long round) {
    var known = open.get(round);
    if (known != null) {
      return Optional.of(known);
    }
    if (round <= chain.certified() || round > chain.built() + LayerLimits.ROUNDS_AHEAD_MAX) {
      return Optional.empty();
    }
    var created = create(round);
    open.put(round, created);
    return Optional.of(created);
  }

  private LayerRound<B> create(long round) {
    return new LayerRound<>(round, config, rules, ports, bodies, recall);
  }

  /** Does whatever has become possible; whether anything was. */
  boolean advance(Turn<B> turn) {
    for (var round : open.tailMap(chain.certified(), false).values()) {
      round.advance(turn);
    }
    return build(turn) || certify(turn) || startNext(turn);
  }

  private boolean build(Turn<B> turn) {
    var round = open.get(chain.built() + 1);
    if (round == null || chain.built() - chain.certified() >= LayerLimits.UNCERTIFIED_MAX) {
      return false;
    }
    var input = round.buildInput(rules.tip().hash());
    if (input.isEmpty()) {
      return false;
    }
    switch (rules.build(input.get())) {
      case Built.Ready<B> ready -> {
        waiting = null;
        rules.append(round.round(), ready.hash(), ready.block());
        round.sign(ready, ports.signer(), turn);
        return true;
      }
      case Built.Waits<B>(var reason) -> {
        waiting = reason;
        return false;
      }
      case Built.Refused<B>(var reason) ->
          throw new IllegalStateException("agreed proposals make no block: " + reason);
    }
  }

  private boolean certify(Turn<B> turn) {
    var next = chain.certified() + 1;
    var round = open.get(next);
    if (round == null) {
      return false;
    }
    var built = round.built();
    var signed = round.certification().signed();
    round.blameForgers(turn);
    if (built.isEmpty() || signed.isEmpty()) {
      return false;
    }
    if (!built.get().hash().equals(signed.get().hash())) {
      chain.halt(
          "round "
              + next
              + " is certified as "
              + signed.get().hash()
              + ", built here as "
              + built.get().hash(),
          turn);
      return false;
    }
    var certificate = signed.get().certificate();
    var block = built.get().block();
    chain.certify(
        new CertifiedBlock<>(
            next, built.get().hash(), certificate, block, rules.encode(block, certificate)),
        turn);
    turn.step().report(round.report(turn.nowMillis()));
    return true;
  }

  private boolean startNext(Turn<B> turn) {
    var next = chain.built() + 1;
    if (chain.built() - chain.certified() >= LayerLimits.UNCERTIFIED_MAX
        || !rules.mayStart(next)
        || !isDue(next, turn.nowMillis())) {
      return false;
    }
    var round = open(next).orElseThrow();
    if (round.isStarted()) {
      return false;
    }
    lastStartMillis = turn.nowMillis();
    var before = open.get(next - 1);
    var lateness =
        before == null || !before.isStarted()
            ? Collections.nCopies(config.plan().members().size(), 0)
            : before.lateness();
    var seed = next * config.plan().members().size() + config.self();
    round.propose(
        rules.propose(
            new ProposalContext(next, rules.tip().hash(), turn.nowMillis(), lateness, seed)),
        turn);
    return true;
  }

  private boolean isDue(long next, long nowMillis) {
    var known = open.get(next);
    if (known != null && known.isStarted()) {
      return false;
    }
    var elapsed = nowMillis - lastStartMillis;
    return peers.startedAtLeast(next) >= config.roster().oneCorrect()
        || elapsed >= config.timing().idle()
        || elapsed < 0
        || (elapsed >= config.timing().roundSpacing() && rules.hasWork());
  }

  /** Certifies what catching up appended, without a word of this member's own. */
  boolean follow(Turn<B> turn) {
    return certify(turn);
  }

  /** Whether this member said {@code vote}, now or as far back as its journal goes. */
  boolean isOwn(long round, Vote vote) {
    var known = open.get(round);
    return (known != null && known.isOwn(vote))
        || recall.sent(round, vote.slot()).filter(vote.value()::equals).isPresent();
  }

  /**
   * The newest votes of a member for rounds after {@code after} that are held, in this life or, in
   * a round that is not taken up again, by the journal.
   */
  List<SignedMessage> votesOf(int member, long after) {
    var rounds = new TreeSet<>(open.tailMap(after, false).keySet());
    rounds.addAll(recall.rounds().tailSet(after, false));
    var votes = new ArrayList<SignedMessage>();
    for (var round : rounds.descendingSet()) {
      votes.addAll(votesOf(member, round, LayerLimits.HELD_VOTES_MAX - votes.size()));
    }
    return votes;
  }

  private List<SignedMessage> votesOf(int member, long round, int max) {
    var known = open.get(round);
    if (known != null) {
      return known.log().newest(member, max);
    }
    var heard = recall.heard(round).get(member);
    return heard == null || max == 0 ? List.of() : List.of(heard);
  }

  void resend(Turn<B> turn) {
    open.tailMap(chain.certified(), false).values().forEach(round -> round.resend(turn));
  }

  void want(Pulls pulls, long nowMillis) {
    for (var round : open.tailMap(chain.certified(), false).values()) {
      round.want(pulls, nowMillis);
    }
  }

  void notePulls(int sent) {
    var current = open.get(chain.built() + 1);
    for (var i = 0; current != null && i < sent; i++) {
      current.clock().pulled();
    }
  }

  /**
   * Takes a pulled payload; whether it is the one. A faulty proposer may have named the digest of
   * another's payload, so each need is tried: the digest tells whose it is.
   */
  boolean take(Hash digest, Pulls.Taken.Whole whole, Turn<B> turn) {
    for (var need : whole.needs()) {
      if (Payloads.digest(need.round(), need.proposer(), whole.bytes()).equals(digest)) {
        open(need.round()).ifPresent(round -> round.offer(need.proposer(), whole.bytes(), turn));
        return true;
      }
    }
    return false;
  }

  /** A payload that somebody pulls. */
  Optional<Bytes> payload(Hash digest) {
    return open.values().stream()
        .flatMap(round -> round.payloads().get(digest).stream())
        .map(Payloads.Entry::payload)
        .findFirst();
  }

  /** Forgets rounds, as the journal does. */
  void cut(long roundsThrough) {
    open.headMap(roundsThrough, true).clear();
    bodies.cut(roundsThrough);
  }

  int votesNoted() {
    return open.values().stream().mapToInt(round -> round.log().size()).sum();
  }

  long votesNotedBytes() {
    return open.values().stream().mapToLong(round -> round.log().bytes()).sum();
  }

  /** Why the next block is not there. */
  Optional<String> concern() {
    if (waiting != null) {
      return Optional.of(waiting);
    }
    var next = chain.built() + 1;
    if (!rules.mayStart(next)) {
      return Optional.of("round " + next + " may not start yet");
    }
    var uncertified = chain.built() - chain.certified();
    if (uncertified >= LayerLimits.UNCERTIFIED_MAX) {
      var round = open.get(chain.certified() + 1);
      var heard = round == null ? "" : missing(round);
      return Optional.of(uncertified + " blocks wait for signatures" + heard);
    }
    return Optional.empty();
  }

  private String missing(LayerRound<B> round) {
    var heard = round.certification().heard();
    return config.roster().members().stream()
        .filter(member -> !heard.contains(member))
        .map(member -> Integer.toString(member.value()))
        .collect(Collectors.joining(", ", "; none from members ", ""));
  }
}
