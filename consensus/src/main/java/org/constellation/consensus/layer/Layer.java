package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Optional;
import org.constellation.consensus.Vote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;

/**
 * One member of one committee in one era. Owned by one thread; every call returns what it caused.
 *
 * <p>A round goes: propose a batch, agree on a subset of the batches, build the block, sign its
 * header, gather n−f signatures. Signing one round overlaps agreeing on the next.
 *
 * @param <B> the layer's block
 */
public final class Layer<B> {

  private final LayerConfig config;
  private final LayerRules<B> rules;
  private final LayerRecall recall;
  private final Chain<B> chain;
  private final Rounds<B> rounds;
  private final CatchUp<B> catchUp;
  private final Peers peers;
  private final Pulls pulls;
  private final Answers answers;
  private final StartQuestion question;

  /**
   * A member as its journal knows it; {@link #start} comes first.
   *
   * @param rules at the newest state that the service could restore; blocks that the journal has
   *     beyond it are appended by {@link #start}
   */
  public Layer(LayerConfig config, LayerRules<B> rules, LayerPorts ports, LayerRecall recall) {
    var members = config.plan().members().size();
    this.config = config;
    this.rules = rules;
    this.recall = recall;
    this.peers = new Peers(members);
    this.pulls = new Pulls(config.timing(), members);
    this.answers = new Answers(members);
    this.chain = new Chain<>(rules);
    this.rounds = new Rounds<>(config, rules, ports, chain, peers, recall);
    this.question = new StartQuestion(config, ports.verifier());
    this.catchUp = new CatchUp<>(config, rules, ports, chain, rounds, peers, question);
  }

  /**
   * Takes up what the journal knows, and asks the others what they hold signed with this member's
   * key. Once enough have answered, it says again what may not have arrived, and goes on.
   *
   * @throws IllegalStateException if the journal contradicts the rules' state
   */
  public LayerStep<B> start(long nowMillis) {
    var turn = Turn.<B>at(nowMillis);
    recall.blocks().forEach((round, encoded) -> chain.restore(decoded(round, encoded)));
    recall.adopted().forEach((round, encoded) -> adopt(decoded(round, encoded), turn));
    recall.bodies().forEach(rules::takeBody);
    question.ask(chain.certified(), turn);
    return finish(turn);
  }

  private CertifiedBlock<B> decoded(long round, Bytes encoded) {
    return rules
        .decode(encoded)
        .orElseThrow(
            () -> new IllegalStateException("block " + round + " of the journal is damaged"));
  }

  /** What this member signed and its journal lacks shows that the journal is old, here too. */
  private void adopt(CertifiedBlock<B> block, Turn<B> turn) {
    if (question.isForgotten(block, rounds::isOwn)) {
      chain.halt(
          "journal is older than round " + block.round() + ", which this member signed", turn);
    }
    if (chain.halted().isEmpty()) {
      chain.restore(block);
      turn.step().journal(new JournalRecord.Certified(block.round(), block.encoded()));
    }
  }

  /**
   * Takes an envelope of a member, from the consensus or the sync topic. The driver has checked
   * network, committee, era, signature, and that {@code member} is its sender.
   */
  public LayerStep<B> receive(int member, Envelope envelope, long nowMillis) {
    var turn = Turn.<B>at(nowMillis);
    if (chain.halted().isPresent()) {
      return turn.step().build();
    }
    peers.heard(member, nowMillis);
    for (var index = 0; index < envelope.messages().size(); index++) {
      var message = LayerCodec.decode(envelope.messages().get(index));
      if (message.isEmpty()) {
        blame(member, LayerFault.Kind.MALFORMED_MESSAGE, "message " + index, turn);
      } else if (member == config.self()) {
        compareWithOwn(message.get(), turn);
      } else {
        handle(member, message.get(), envelope, index, turn);
      }
    }
    return finish(turn);
  }

  /** Looks again, since the rules hold new entries, bodies or states. */
  public LayerStep<B> poolChanged(long nowMillis) {
    return finish(Turn.at(nowMillis));
  }

  /** Lets time pass; to be called every 20 to 50 ms. Drives pace, resends, pulls. */
  public LayerStep<B> time(long nowMillis) {
    var turn = Turn.<B>at(nowMillis);
    if (chain.halted().isEmpty()) {
      pulls.begin();
      if (question.isOpen()) {
        question.resend(chain.certified(), turn);
      } else {
        rounds.resend(turn);
        rounds.want(pulls, nowMillis);
      }
      catchUp.want(pulls, nowMillis);
      rounds.notePulls(pulls.send(turn));
    }
    return finish(turn);
  }

  /**
   * Takes a certified block from elsewhere, for instance a checkpoint that came with a galaxy
   * block; ignored unless it follows the newest block.
   */
  public LayerStep<B> offerBlock(Bytes encoded, long nowMillis) {
    var turn = Turn.<B>at(nowMillis);
    if (chain.halted().isEmpty()) {
      rules.decode(encoded).ifPresent(catchUp::offer);
    }
    return finish(turn);
  }

  /** What a health page or a metric wants to know. */
  public LayerStatus status() {
    var concerns = new ArrayList<String>();
    chain.halted().ifPresent(concerns::add);
    if (chain.halted().isEmpty()) {
      question.concern(chain.certified()).ifPresent(concerns::add);
    }
    chain.concern().ifPresent(concerns::add);
    if (!question.isOpen()) {
      rounds.concern().ifPresent(concerns::add);
    }
    concerns.addAll(rules.concerns());
    return new LayerStatus(
        chain.built(),
        chain.certified(),
        peers.lastHeard(),
        peers.rounds(),
        pulls.size(),
        rules.waitsFor(),
        concerns);
  }

  /** What others make this member remember beside bodies: bounded, whatever they send. */
  Held held() {
    return new Held(
        pulls.size(), pulls.partialBytes(), rounds.votesNoted(), rounds.votesNotedBytes());
  }

  /**
   * Memory by what fills it.
   *
   * @param pulls open ones
   * @param partialBytes of pulled things that are not whole
   * @param votes kept because a second value may come
   * @param voteBytes of these
   */
  record Held(int pulls, long partialBytes, int votes, long voteBytes) {}

  private void handle(
      int member, LayerMessage message, Envelope envelope, int index, Turn<B> turn) {
    switch (message) {
      case LayerMessage.Ballot(var round, var vote) -> {
        // Whoever may not vote need not listen: what is missed now is sent again.
        if (!question.isOpen()) {
          vote(member, round, vote, envelope, index, turn);
        }
      }
      case LayerMessage.Payload(var round, var payload) -> {
        if (!question.isOpen() && round > chain.certified()) {
          rounds.open(round).ifPresent(open -> open.offer(member, payload, turn));
        }
      }
      case LayerMessage.Pull pull -> answers.answer(member, pull, this::onShelf, turn);
      case LayerMessage.Parts(var parts) -> parts.forEach(part -> take(member, part, turn));
      case LayerMessage.Certified certified -> catchUp.notice(member, certified, turn);
      case LayerMessage.Question(var started, var certified) ->
          answer(member, started, certified, turn);
      case LayerMessage.Answer answer -> hear(member, answer, turn);
    }
  }

  /** Answers at once, also while this member waits for answers itself. */
  private void answer(int member, long started, long certified, Turn<B> turn) {
    if (peers.isAnswerDue(member, turn.nowMillis())) {
      var votes = rounds.votesOf(member, certified);
      var answer = new LayerMessage.Answer(started, chain.certified(), votes);
      turn.step().answer(member, LayerCodec.encode(answer));
    }
  }

  private void hear(int member, LayerMessage.Answer answer, Turn<B> turn) {
    peers.certified(member, answer.certified());
    question
        .hear(member, answer, chain.certified(), rounds::isOwn, turn.nowMillis())
        .ifPresent(reason -> chain.halt(reason, turn));
  }

  private void vote(int member, long round, Vote vote, Envelope envelope, int index, Turn<B> turn) {
    if (LayerRound.isStart(member, vote.slot())) {
      peers.started(member, round);
    }
    if (round <= chain.certified()) {
      catchUp.hint(member, round, turn);
    } else {
      rounds.open(round).ifPresent(open -> open.handle(member, vote, envelope, index, turn));
    }
  }

  /** Another process with this key, or a journal that lost records: both must not go on. */
  private void compareWithOwn(LayerMessage message, Turn<B> turn) {
    if (message instanceof LayerMessage.Ballot(var round, var vote)
        && round > chain.certified()
        && !rounds.isOwn(round, vote)) {
      chain.halt("this member's key signed what its journal does not know: " + vote, turn);
    }
  }

  private void take(int member, LayerMessage.Part part, Turn<B> turn) {
    switch (pulls.take(member, part, turn.nowMillis())) {
      case Pulls.Taken.Nothing() -> {}
      case Pulls.Taken.Wrong() ->
          blame(member, LayerFault.Kind.BAD_ANSWER, "a part of " + part.key(), turn);
      case Pulls.Taken.Whole whole -> {
        if (isRight(part.key(), whole, turn)) {
          pulls.served(part.key());
        } else {
          pulls.refused(part.key(), member);
          blame(member, LayerFault.Kind.BAD_ANSWER, part.key().toString(), turn);
        }
      }
    }
  }

  private boolean isRight(PullKey key, Pulls.Taken.Whole whole, Turn<B> turn) {
    return switch (key) {
      case PullKey.OfPayload(var digest) -> rounds.take(digest, whole, turn);
      case PullKey.OfBody(var reference) -> rules.takeBody(reference, whole.bytes());
      case PullKey.OfBlock(var round) -> catchUp.take(round, whole.bytes());
    };
  }

  private Optional<Bytes> onShelf(PullKey key) {
    return switch (key) {
      case PullKey.OfPayload(var digest) -> rounds.payload(digest);
      case PullKey.OfBody(var reference) -> rules.body(reference);
      case PullKey.OfBlock(var round) ->
          chain.recent().get(round).map(RecentBlocks.Recent::encoded);
    };
  }

  private LayerStep<B> finish(Turn<B> turn) {
    try {
      var goesOn = true;
      while (goesOn && chain.halted().isEmpty()) {
        goesOn = advance(turn);
      }
    } catch (IllegalStateException e) {
      chain.halt("defect: " + e.getMessage(), turn);
    }
    if (chain.halted().isEmpty()) {
      chain.cut(turn).ifPresent(cut -> rounds.cut(cut.roundsThrough()));
      return turn.step().build();
    }
    return turn.step().silenced();
  }

  private boolean advance(Turn<B> turn) {
    if (question.isOpen()) {
      if (!question.isAnswered(chain.certified(), turn.nowMillis())) {
        return rounds.follow(turn) || catchUp.advance(turn);
      }
      question.close();
      rounds.resume(turn);
    }
    return rounds.advance(turn) || catchUp.advance(turn);
  }

  private void blame(int member, LayerFault.Kind kind, String detail, Turn<B> turn) {
    turn.step().blame(new LayerFault(member, chain.certified() + 1, kind, detail));
  }
}
