package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.Vote;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.wire.EnvelopeCodec;

/**
 * What a member asks at every start, before it says anything else: what do the others hold that is
 * signed with its key? A disk may come back older than it was, and whoever decides anew what it has
 * decided before convicts itself. What is shown must bear the member's own signature, so nobody can
 * silence it by a lie; an answer that shows nothing, or rubbish, is an answer.
 *
 * <p>It waits for n−f members, itself among them: f of the others may be silent for ever, so no
 * more than n−f−1 of them can be waited for. Any n−f members that made something of this member's
 * votes share f or more of those others, and if its journal is damaged it is one of the f faulty
 * itself, so that at least one of these is correct.
 *
 * <p>A correct member that has started again itself holds of what it heard before the first vote of
 * each member in a round ({@link JournalRecord.Heard}), which a journal that is older than the
 * round lacks; the others were in its memory. So whoever has enough answers waits for the rest,
 * too, but for {@link LayerTiming#answerPatience} only.
 *
 * <p>It also waits until its chain reaches the round that f+1 answers say is certified, one of
 * which is true: up to there nobody needs its votes, a correct member has the blocks, and their
 * certificates may show what it signed.
 */
final class StartQuestion {

  private final LayerConfig config;
  private final SignatureVerifier verifier;
  private final TreeMap<Integer, Answered> answers = new TreeMap<>();
  private boolean isOpen = true;
  private long started;
  private long askedMillis;
  private long interval;
  private int asked;
  private long enoughSince;

  /** What a member answered last, and how often it did. */
  private record Answered(long certified, int times) {}

  /** What this member knows of its own words. */
  interface Own {

    /** Whether {@code vote} is in the journal, or was said in this life. */
    boolean isKnown(long round, Vote vote);
  }

  StartQuestion(LayerConfig config, SignatureVerifier verifier) {
    this.config = config;
    this.verifier = verifier;
  }

  /** Whether this member must still be silent. */
  boolean isOpen() {
    return isOpen;
  }

  void close() {
    isOpen = false;
  }

  void ask(long certified, Turn<?> turn) {
    started = turn.nowMillis();
    if (needed() > 0) {
      interval = config.timing().pullRetry();
      send(certified, turn);
    }
  }

  /** Asks again, with growing patience, until enough have answered. */
  void resend(long certified, Turn<?> turn) {
    var elapsed = turn.nowMillis() - askedMillis;
    if (answers.size() < others() && (elapsed >= interval || elapsed < 0)) {
      // Those that get a moment more must hear of it.
      var isHurried = answers.size() >= needed() && isPatient(turn.nowMillis());
      interval =
          isHurried
              ? config.timing().pullRetry()
              : Math.min(config.timing().pullRetryMax(), interval * 2);
      send(certified, turn);
    }
  }

  private void send(long certified, Turn<?> turn) {
    asked++;
    askedMillis = turn.nowMillis();
    turn.step().broadcast(LayerCodec.encode(new LayerMessage.Question(started, certified)));
  }

  /**
   * Hears an answer, also a late one.
   *
   * @param certified what this member signed up to here is of no interest: it votes there no more,
   *     and its journal may have forgotten it
   * @return why this member must be silent for good, if it must
   */
  Optional<String> hear(
      int member, LayerMessage.Answer answer, long certified, Own own, long nowMillis) {
    var before = answers.get(member);
    var times = before == null ? 1 : before.times() + 1;
    if (answer.started() != started || times > asked) {
      return Optional.empty();
    }
    answers.put(member, new Answered(answer.certified(), times));
    if (before == null && answers.size() == needed()) {
      enoughSince = nowMillis;
      interval = config.timing().pullRetry();
    }
    for (var signed : answer.votes()) {
      var unknown = unknown(signed, certified, own);
      if (unknown.isPresent()) {
        var vote = unknown.get();
        return Optional.of(
            "journal is older than what %s holds signed from it in round %d: %s"
                .formatted(config.plan().nameOf(member), vote.round(), vote.vote().slot()));
      }
    }
    return Optional.empty();
  }

  /** A vote that this member's key signed and its journal lacks; the signature is checked last. */
  private Optional<LayerMessage.Ballot> unknown(SignedMessage signed, long certified, Own own) {
    var header = signed.header();
    var plan = config.plan();
    if (!header.sender().equals(plan.members().get(config.self()).operationalKey())
        || !header.network().equals(config.network())
        || !header.committee().equals(plan.committee())
        || header.era() != plan.era()
        || !(LayerCodec.decode(signed.message()).orElse(null) instanceof LayerMessage.Ballot ballot)
        || ballot.round() <= certified
        || own.isKnown(ballot.round(), ballot.vote())
        || !EnvelopeCodec.isSigned(signed, verifier)) {
      return Optional.empty();
    }
    return Optional.of(ballot);
  }

  /**
   * Whether a block's certificate has a signature of this member's that its journal lacks, while it
   * must be silent anyway.
   */
  boolean isForgotten(CertifiedBlock<?> block, Own own) {
    return isOpen
        && block.certificate().signatures().stream()
            .filter(one -> one.member() == config.self())
            .anyMatch(
                one ->
                    !own.isKnown(block.round(), Certification.vote(block.hash(), one.signature())));
  }

  /** Whether this member may speak. */
  boolean isAnswered(long certified, long nowMillis) {
    return answers.size() >= needed() && !isPatient(nowMillis) && certified >= floor();
  }

  /** Whether those that have not answered may still do so. */
  private boolean isPatient(long nowMillis) {
    var elapsed = nowMillis - enoughSince;
    return answers.size() < others() && elapsed >= 0 && elapsed < config.timing().answerPatience();
  }

  private int needed() {
    return config.plan().quorum() - 1;
  }

  private int others() {
    return config.plan().members().size() - 1;
  }

  /** The highest round that one correct member at least says is certified. */
  private long floor() {
    return answers.values().stream()
        .map(Answered::certified)
        .sorted(Comparator.reverseOrder())
        .skip(config.plan().faultyMax())
        .findFirst()
        .orElse(0L);
  }

  /** What it waits for, for people. */
  Optional<String> concern(long certified) {
    if (!isOpen) {
      return Optional.empty();
    }
    if (answers.size() < needed()) {
      return Optional.of(
          "asks n−f members what they hold signed from it: %d of %d others answered"
              .formatted(answers.size(), needed()));
    }
    return Optional.of(
        certified < floor()
            ? "catches up from round %d to %d before it speaks".formatted(certified, floor())
            : "has enough answers, and gives the others a moment before it speaks");
  }
}
