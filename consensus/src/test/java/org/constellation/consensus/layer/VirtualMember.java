package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
  private final List<CertifiedBlock<B>> unsent = new ArrayList<>();
  private final List<LayerFault> faults = new ArrayList<>();
  private final List<RoundReport> reports = new ArrayList<>();
  private @Nullable LayerMachine<B> layer;
  private @Nullable R rules;
  private @Nullable String halted;
  private @Nullable CrashPoint crashPoint;
  private long backAfterMillis;
  private int crashes;
  private long certifiedOnDisk;
  private LayerMachine.Maker maker = LayerMachine::real;
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

  /** The layer while the member is up, if it is the real one. */
  Optional<Layer<B>> layer() {
    return Optional.ofNullable(layer).flatMap(LayerMachine::layer);
  }

  Optional<LayerStatus> status() {
    return Optional.ofNullable(layer).map(LayerMachine::status);
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

  /** Has the member run something else than the real layer from its next start. */
  void run(LayerMachine.Maker machines) {
    maker = machines;
  }

  /** How often it lost power in the middle of a step. */
  int crashes() {
    return crashes;
  }

  /** Starts for the first time or again, from what the journal holds. */
  void start() {
    if (layer != null || halted != null) {
      return;
    }
    time.trace(name(), "starts");
    var records = journal.stream().map(r -> JournalRecord.decode(r).orElseThrow()).toList();
    rules = rulesFactory.get();
    layer = maker.make(config, rules, ports, LayerRecall.of(records));
    // What is on disk as certified counts as handed out after the restart at the latest.
    List.copyOf(unsent).forEach(this::handOut);
    unsent.clear();
    act(layer.start(time.nowMillis()));
  }

  void crash() {
    if (layer != null) {
      time.trace(name(), "loses power");
    }
    layer = null;
    rules = null;
    crashPoint = null;
  }

  /** Crashes in the next step that can be cut there, and comes back after a while. */
  void crashAtNextStep(CrashPoint point, long downMillis) {
    crashPoint = point;
    backAfterMillis = downMillis;
  }

  /** A copy of the disk, for {@link #bringBack}. */
  List<Bytes> copyOfJournal() {
    return List.copyOf(journal);
  }

  /** Loses power, and comes back after a while with a journal as it once was. */
  void bringBack(List<Bytes> oldJournal, long downMillis) {
    crash();
    journal.clear();
    journal.addAll(oldJournal);
    time.in(downMillis, this::start);
  }

  private void crashForAWhile() {
    crashes++;
    crash();
    time.in(backAfterMillis, this::start);
  }

  void tick() {
    alive(up -> up.time(time.nowMillis()));
  }

  /** A defect stops the member, loudly: no correct one may ever meet one. */
  private void alive(Function<LayerMachine<B>, LayerStep<B>> call) {
    if (layer == null) {
      return;
    }
    try {
      act(call.apply(layer));
    } catch (RuntimeException | StackOverflowError e) {
      halted = "defect: " + e;
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
    faults.addAll(step.faults());
    reports.addAll(step.reports());
    step.halted().ifPresent(reason -> halted = reason);
    var point = crashPoint(step);
    var records = step.journal();
    if (point != null) {
      time.trace(name(), point);
      switch (point) {
        case BEFORE_SYNC -> {}
        case TORN -> persist(records.subList(0, 1 + time.random().nextInt(records.size() - 1)));
        case BEFORE_SEND -> persist(records);
        case MID_SEND -> {
          persist(records);
          broadcast(step.broadcast(), committee.others(index()).stream().filter(this::byChance));
        }
        case SENT_UNSAVED -> broadcast(step.broadcast(), committee.others(index()).stream());
      }
      step.certified().stream().filter(this::isOnDisk).forEach(unsent::add);
      crashForAWhile();
      return;
    }
    persist(records);
    step.cut()
        .ifPresent(cut -> journal.removeIf(r -> cut.drops(JournalRecord.decode(r).orElseThrow())));
    broadcast(step.broadcast(), committee.others(index()).stream());
    var answers = new TreeMap<Integer, List<Bytes>>();
    for (var answer : step.answers()) {
      answers.computeIfAbsent(answer.member(), _ -> new ArrayList<>()).add(answer.message());
    }
    answers.forEach(this::send);
    step.certified().forEach(this::handOut);
  }

  /** Where this step is cut, if it is: not every step has every point. */
  private @Nullable CrashPoint crashPoint(LayerStep<B> step) {
    if (crashPoint == null || step.journal().isEmpty()) {
      return null;
    }
    return switch (crashPoint) {
      case BEFORE_SYNC, BEFORE_SEND -> crashPoint;
      case TORN -> step.journal().size() > 1 ? crashPoint : null;
      case MID_SEND, SENT_UNSAVED -> step.broadcast().isEmpty() ? null : crashPoint;
    };
  }

  private boolean byChance(int receiver) {
    return time.random().nextBoolean();
  }

  private void persist(List<JournalRecord> records) {
    for (var entry : records) {
      journal.add(entry.encode());
      if (entry instanceof JournalRecord.Certified(var round, var _)) {
        certifiedOnDisk = round;
      }
    }
  }

  private boolean isOnDisk(CertifiedBlock<B> block) {
    return block.round() <= certifiedOnDisk;
  }

  private void broadcast(List<Bytes> messages, Stream<Integer> receivers) {
    if (!messages.isEmpty()) {
      committee.watch().said(this, messages);
      receivers.forEach(receiver -> send(receiver, messages));
    }
  }

  private void handOut(CertifiedBlock<B> block) {
    if (time.isTraced()) {
      time.trace(name(), "certifies " + block.round() + " as " + block.hash());
    }
    certified.add(block);
    onCertified.accept(block);
  }

  private String name() {
    return committee.name() + " m" + index();
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
