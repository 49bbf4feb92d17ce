package org.constellation.platform.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.layer.Addressed;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.JournalCut;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.consensus.layer.LayerFault;
import org.constellation.consensus.layer.LayerStep;
import org.constellation.consensus.layer.RoundReport;
import org.constellation.protocol.Bytes;

/** All steps of one batch of inputs, to be answered for by one sync. */
final class JoinedStep<B> {

  final List<JournalRecord> journal = new ArrayList<>();
  final List<Bytes> broadcast = new ArrayList<>();
  final List<Addressed> answers = new ArrayList<>();
  final List<CertifiedBlock<B>> certified = new ArrayList<>();
  final List<LayerFault> faults = new ArrayList<>();
  final List<RoundReport> reports = new ArrayList<>();
  Optional<JournalCut> cut = Optional.empty();
  Optional<String> halted = Optional.empty();

  void add(LayerStep<B> step) {
    journal.addAll(step.journal());
    broadcast.addAll(step.broadcast());
    answers.addAll(step.answers());
    certified.addAll(step.certified());
    faults.addAll(step.faults());
    reports.addAll(step.reports());
    if (step.cut().isPresent()) {
      cut = Optional.of(cut.map(before -> before.and(step.cut().get())).orElse(step.cut().get()));
    }
    if (halted.isEmpty()) {
      halted = step.halted();
    }
  }
}
