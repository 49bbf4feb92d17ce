package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What one input caused. Act on it in this order: journal and sync; only then send; then hand out
 * the certified blocks. Steps may be joined before acting ({@link #then}). A step that is lost is
 * healed by resends, as a lost message is, unless its journal records were lost with the messages
 * already sent.
 *
 * @param journal to be on disk before anything below leaves
 * @param cut what the journal may forget from now on
 * @param broadcast messages to all other members, for envelopes on the consensus topic
 * @param answers messages to single members, for the sync topic
 * @param certified new certified blocks by ascending round, without gaps
 * @param faults what others did wrong
 * @param reports about finished rounds
 * @param halted why this member must not go on: a defect or a broken trust assumption
 * @param <B> the layer's block
 */
public record LayerStep<B>(
    List<JournalRecord> journal,
    Optional<JournalCut> cut,
    List<Bytes> broadcast,
    List<Addressed> answers,
    List<CertifiedBlock<B>> certified,
    List<LayerFault> faults,
    List<RoundReport> reports,
    Optional<String> halted) {

  public LayerStep {
    journal = List.copyOf(journal);
    broadcast = List.copyOf(broadcast);
    answers = List.copyOf(answers);
    certified = List.copyOf(certified);
    faults = List.copyOf(faults);
    reports = List.copyOf(reports);
  }

  /** Nothing happened. */
  public static <B> LayerStep<B> idle() {
    return new Builder<B>().build();
  }

  /** Whether nothing happened. */
  public boolean isIdle() {
    return journal.isEmpty()
        && cut.isEmpty()
        && broadcast.isEmpty()
        && answers.isEmpty()
        && certified.isEmpty()
        && faults.isEmpty()
        && reports.isEmpty()
        && halted.isEmpty();
  }

  /** This step and the one after it, as one. */
  public LayerStep<B> then(LayerStep<B> next) {
    if (isIdle()) {
      return next;
    }
    if (next.isIdle()) {
      return this;
    }
    var joined = new Builder<B>();
    joined.absorb(this);
    joined.absorb(next);
    return joined.build();
  }

  /** Gathers a step. */
  static final class Builder<B> {

    private final List<JournalRecord> journal = new ArrayList<>();
    private final List<Bytes> broadcast = new ArrayList<>();
    private final List<Addressed> answers = new ArrayList<>();
    private final List<CertifiedBlock<B>> certified = new ArrayList<>();
    private final List<LayerFault> faults = new ArrayList<>();
    private final List<RoundReport> reports = new ArrayList<>();
    private @Nullable JournalCut cut;
    private @Nullable String halted;

    void journal(JournalRecord entry) {
      journal.add(entry);
    }

    void cut(JournalCut allowed) {
      cut = cut == null ? allowed : cut.and(allowed);
    }

    void broadcast(Bytes message) {
      broadcast.add(message);
    }

    void answer(int member, Bytes message) {
      answers.add(new Addressed(member, message));
    }

    void certified(CertifiedBlock<B> block) {
      certified.add(block);
    }

    void blame(LayerFault fault) {
      faults.add(fault);
    }

    void report(RoundReport report) {
      reports.add(report);
    }

    void halt(String reason) {
      if (halted == null) {
        halted = reason;
      }
    }

    void absorb(LayerStep<B> step) {
      journal.addAll(step.journal);
      step.cut.ifPresent(this::cut);
      broadcast.addAll(step.broadcast);
      answers.addAll(step.answers);
      certified.addAll(step.certified);
      faults.addAll(step.faults);
      reports.addAll(step.reports);
      step.halted.ifPresent(this::halt);
    }

    /** Of a member that must not speak any more, only what the driver must know is left. */
    LayerStep<B> silenced() {
      journal.clear();
      broadcast.clear();
      answers.clear();
      certified.clear();
      return build();
    }

    LayerStep<B> build() {
      return new LayerStep<>(
          journal,
          Optional.ofNullable(cut),
          broadcast,
          answers,
          certified,
          faults,
          reports,
          Optional.ofNullable(halted));
    }
  }
}
