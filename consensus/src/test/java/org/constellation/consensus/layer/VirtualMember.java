package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.jspecify.annotations.Nullable;

/**
 * A member with its journal and its line to the others; what the platform's driver is in the real
 * world.
 */
final class VirtualMember<B, R extends LayerRules<B>> {

  static final long TICK_MILLIS = 25;

  private final VirtualTime time;
  private final VirtualCommittee<B, R> committee;
  private final LayerConfig config;
  private final SigningKey key;
  private final Supplier<R> rulesFactory;
  private final LayerPorts ports;
  private final List<Bytes> journal = new ArrayList<>();
  private final List<CertifiedBlock<B>> certified = new ArrayList<>();
  private final List<LayerFault> faults = new ArrayList<>();
  private final List<RoundReport> reports = new ArrayList<>();
  private @Nullable Layer<B> layer;
  private @Nullable R rules;
  private @Nullable String halted;
  private boolean crashBeforeSync;
  private boolean crashBeforeSend;
  private long backAfterMillis;
  private Consumer<CertifiedBlock<B>> onCertified = _ -> {};
  private Behaviour behaviour = Behaviour.CORRECT;
  private long counter;

  /** What a faulty member does to what it sends. */
  interface Behaviour {
    Behaviour CORRECT = (_, messages) -> messages;

    /** What {@code receiver} gets instead of {@code messages}. */
    List<Bytes> send(int receiver, List<Bytes> messages);
  }

  VirtualMember(
      VirtualTime time,
      VirtualCommittee<B, R> committee,
      LayerConfig config,
      SigningKey key,
      LayerPorts ports,
      Supplier<R> rulesFactory) {
    this.time = time;
    this.committee = committee;
    this.config = config;
    this.key = key;
    this.ports = ports;
    this.rulesFactory = rulesFactory;
  }

  int index() {
    return config.self();
  }

  SigningKey key() {
    return key;
  }

  boolean isUp() {
    return layer != null;
  }

  List<CertifiedBlock<B>> certified() {
    return certified;
  }

  List<LayerFault> faults() {
    return faults;
  }

  List<RoundReport> reports() {
    return reports;
  }

  Optional<String> halted() {
    return Optional.ofNullable(halted);
  }

  /** The layer while the member is up. */
  Optional<Layer<B>> layer() {
    return Optional.ofNullable(layer);
  }

  Optional<LayerStatus> status() {
    return Optional.ofNullable(layer).map(Layer::status);
  }

  R rules() {
    if (rules == null) {
      throw new IllegalStateException("the member is down");
    }
    return rules;
  }

  void behave(Behaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  void onCertified(Consumer<CertifiedBlock<B>> listener) {
    onCertified = listener;
  }

  /** Starts for the first time or again, from what the journal holds. */
  void start() {
    if (layer != null) {
      return;
    }
    var records = journal.stream().map(r -> JournalRecord.decode(r).orElseThrow()).toList();
    rules = rulesFactory.get();
    layer = new Layer<>(config, rules, ports, LayerRecall.of(records));
    act(layer.start(time.nowMillis()));
  }

  void crash() {
    layer = null;
    rules = null;
    crashBeforeSync = false;
    crashBeforeSend = false;
  }

  /** Crashes at the next step that has something to journal, and comes back after a while. */
  void crashAtNextStep(boolean beforeSync, long downMillis) {
    crashBeforeSync = beforeSync;
    crashBeforeSend = !beforeSync;
    backAfterMillis = downMillis;
  }

  private void crashForAWhile() {
    crash();
    time.in(backAfterMillis, this::start);
  }

  void tick() {
    alive(up -> up.time(time.nowMillis()));
  }

  /** A defect stops the member, loudly: no correct one may ever meet one. */
  private void alive(Function<Layer<B>, LayerStep<B>> call) {
    if (layer == null) {
      return;
    }
    try {
      act(call.apply(layer));
    } catch (IllegalStateException e) {
      halted = "defect: " + e.getMessage();
      crash();
    }
  }

  /** Has something put into the rules, then looks again. */
  void change(Consumer<R> change) {
    alive(
        up -> {
          change.accept(rules());
          return up.poolChanged(time.nowMillis());
        });
  }

  void receive(int from, Envelope envelope) {
    alive(up -> up.receive(from, envelope, time.nowMillis()));
  }

  private void act(LayerStep<B> step) {
    if (!step.journal().isEmpty() && crashBeforeSync) {
      crashForAWhile();
      return;
    }
    for (var entry : step.journal()) {
      journal.add(entry.encode());
    }
    step.cut()
        .ifPresent(cut -> journal.removeIf(r -> cut.drops(JournalRecord.decode(r).orElseThrow())));
    faults.addAll(step.faults());
    reports.addAll(step.reports());
    step.halted().ifPresent(reason -> halted = reason);
    if (!step.journal().isEmpty() && crashBeforeSend) {
      crashForAWhile();
      return;
    }
    if (!step.broadcast().isEmpty()) {
      committee.others(index()).forEach(other -> send(other, step.broadcast()));
    }
    var answers = new TreeMap<Integer, List<Bytes>>();
    for (var answer : step.answers()) {
      answers.computeIfAbsent(answer.member(), _ -> new ArrayList<>()).add(answer.message());
    }
    answers.forEach(this::send);
    for (var block : step.certified()) {
      certified.add(block);
      onCertified.accept(block);
    }
  }

  private void send(int receiver, List<Bytes> messages) {
    var sent = behaviour.send(receiver, messages);
    if (sent.isEmpty()) {
      return;
    }
    var header =
        new Envelope.Header(
            config.network(),
            config.plan().committee(),
            config.plan().era(),
            key.publicKey(),
            counter++,
            time.nowMillis());
    committee.carry(index(), receiver, EnvelopeCodec.seal(header, sent, key));
  }

  int journalSize() {
    return journal.size();
  }
}
