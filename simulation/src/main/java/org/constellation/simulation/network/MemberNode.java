package org.constellation.simulation.network;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.clusterconsensus.facilitator.Facilitator;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.subset.SubsetSource;
import org.constellation.galaxyservice.member.GalaxyMember;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.HostingProperties;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.member.MemberProperties;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.member.Members;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.SignatureChecks;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.Fault;
import org.constellation.simulation.byzantine.Tampering;
import org.constellation.simulation.decided.Decisions;
import org.constellation.simulation.disk.FaultyDisk;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** A member of a committee on a machine of its own: a facilitator, or a member of the galaxy. */
public final class MemberNode implements Node {

  private static final HostingProperties PACE =
      new HostingProperties(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(30));

  private final World world;
  private final MemberSeat seat;
  private final CommonCoin coin;
  private final Decisions decisions;
  private final Optional<PublicKey> keeper;
  private final @Nullable Tampering tampering;
  private final Dice death;
  private final FaultyDisk disk;
  private final Path directory;
  private int aloneOfHundred;
  private final Machine machine;
  private Map<Path, byte[]> remembered = new TreeMap<>();
  private @Nullable Facilitator facilitator;
  private @Nullable GalaxyMember galaxyMember;
  private @Nullable Members members;

  /**
   * @param decisions of its committee, for runs that go without agreement
   * @param keeper the blackhole-ledger whose word counts, for a member of the galaxy
   * @param tampering what makes it Byzantine; null for a correct member
   */
  MemberNode(
      World world,
      String name,
      MemberSeat seat,
      CommonCoin coin,
      Decisions decisions,
      Optional<PublicKey> keeper,
      @Nullable Tampering tampering) {
    this.world = world;
    this.seat = seat;
    this.coin = coin;
    this.decisions = decisions;
    this.keeper = keeper;
    this.tampering = tampering;
    this.machine = world.machine(name, this::run);
    this.death = machine.dice().of("death");
    this.disk = new FaultyDisk(machine.dice().of("disk"), world.tally());
    this.directory = disk.directory("member");
    machine.atPowerLoss(this::powerLost);
    try {
      var owner = new Owner(seat.network(), seat.key().publicKey());
      Journal.create(disk, directory.resolve("journal"), owner);
    } catch (JournalUnusable e) {
      throw new IllegalStateException(e);
    }
  }

  private void powerLost() {
    facilitator = null;
    galaxyMember = null;
    members = null;
    if (death.percent(aloneOfHundred)) {
      world.tally().count(Fault.PROCESS_DIED);
      disk.loseUser();
    } else {
      disk.losePower();
    }
  }

  private void run(Machine.Life life) {
    disk.usedBy(life);
    var counts = World.meters();
    counts.config().onMeterAdded(meter -> noteFirst(meter.getId()));
    var service = isGalaxy() ? "galaxy-service" : "cluster-consensus-service";
    var transport = transport(life, counts);
    // Processor time is none of this world's.
    var checks = new SignatureChecks(world.scheme(), counts, () -> 0);
    var hosted =
        new Members(
            service,
            transport,
            world.topics(),
            checks,
            counts,
            properties(),
            disk,
            life.loops(),
            life.clock());
    members = hosted;
    var hosting =
        new Hosting(
            service,
            world.genesis(),
            world.topics(),
            transport,
            hosted,
            checks,
            World.FOLLOWER,
            PACE,
            counts,
            disk,
            life.loops(),
            life.clock());
    try {
      if (isGalaxy()) {
        galaxyMember = new GalaxyMember(hosting, seat, subsets(life), directory, keeper);
      } else {
        facilitator = new Facilitator(hosting, seat, subsets(life), directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    world.noteStart(service, counts);
  }

  /** What is counted for the first time in this life, and says something. */
  private void noteFirst(Meter.Id meter) {
    switch (meter.getName()) {
      case Metrics.SNAPSHOTS_ADOPTED -> world.tally().transition("start after another's snapshot");
      case Metrics.FAULTS -> {
        if (isCorrect() && !isGuilty(meter.getTag(Metrics.CULPRIT))) {
          world
              .violations()
              .found("EVIDENCE", machine + " blames a correct member: " + meter.getTags());
        }
      }
      default -> {}
    }
  }

  private boolean isCorrect() {
    return !world.guilty().isMember(seat.key().publicKey());
  }

  /** Whether a member of the own committee may be blamed. */
  private boolean isGuilty(@Nullable String name) {
    var plan = seat.plan();
    return IntStream.range(0, plan.members().size())
        .filter(index -> plan.nameOf(index).equals(name))
        .anyMatch(index -> world.guilty().isMember(plan.members().get(index).operationalKey()));
  }

  private SubsetSource subsets(Machine.Life life) {
    return switch (world.options().fidelity()) {
      case FULL -> SubsetSource.tossing(coin);
      case DECIDED -> decisions.of(life);
    };
  }

  private boolean isGalaxy() {
    return seat.plan().committee().equals(Committee.GALAXY);
  }

  private MemberProperties properties() {
    return new MemberProperties(
        Duration.ofMillis(world.options().turnMillis()),
        1_024,
        DataSize.ofMegabytes(16),
        256,
        4_096,
        Duration.ofMillis(500),
        Duration.ofSeconds(10));
  }

  private Transport transport(Machine.Life life, MeterRegistry counts) {
    var honest = new SimulatedTransport(world.broker(), life, counts);
    return tampering == null
        ? new WitnessedTransport(honest, world.witnesses().new Ears(this))
        : new TamperedTransport(honest, world.broker(), life, seat, tampering, world.tally());
  }

  @Override
  public Machine machine() {
    return machine;
  }

  /** Where it sits. */
  public MemberSeat seat() {
    return seat;
  }

  @Override
  public void full(boolean isFull) {
    disk.full(isFull);
  }

  @Override
  public void diesAlone(int percent) {
    aloneOfHundred = percent;
  }

  @Override
  public boolean failsSyncs(boolean fails) {
    disk.failsSyncs(fails);
    return true;
  }

  @Override
  public void remember() {
    remembered = disk.image(directory);
  }

  @Override
  public boolean canGoBack() {
    return !remembered.isEmpty();
  }

  @Override
  public void goBack() {
    disk.restore(directory, remembered);
  }

  @Override
  public void loseDisk() {
    disk.restore(directory, Map.of());
  }

  @Override
  public long height() {
    var member = galaxyMember;
    var one = facilitator;
    if (member != null) {
      return member.newest().map(header -> header.height()).orElse(0L);
    }
    return one == null ? 0 : one.ledger().height();
  }

  /** The newest round of its committee that it has certified. */
  public long certified() {
    var one = facilitator;
    return one == null ? height() : one.lastCheckpoint().map(header -> header.round()).orElse(0L);
  }

  /** The root of its state at {@link #height}, as far as it has that state. */
  public Optional<Hash> root() {
    var member = galaxyMember;
    var one = facilitator;
    if (member != null) {
      var height = height();
      return member
          .latest()
          .filter(seen -> seen.header().height() == height)
          .map(seen -> seen.state().root());
    }
    return Optional.ofNullable(one).map(running -> running.ledger().root());
  }

  /** Whether it keeps all blocks, since no blackhole-ledger says that it has them. */
  boolean keepsAllBlocks() {
    return isGalaxy() && keeper.isEmpty();
  }

  /** Bytes on its disk, by the directory that they are in. */
  SortedMap<String, Long> onDisk() {
    var bytes = new TreeMap<String, Long>();
    disk.image(directory)
        .forEach(
            (file, content) ->
                bytes.merge(
                    directory.relativize(file).getName(0).toString(),
                    (long) content.length,
                    Long::sum));
    return bytes;
  }

  @Override
  public Optional<LedgerState> ledger() {
    var member = galaxyMember;
    return member == null
        ? Optional.ofNullable(facilitator).map(Facilitator::ledger)
        : member.latest().map(GalaxyMember.Seen::state);
  }

  @Override
  public Optional<String> stopped() {
    var hosted = members;
    return hosted == null
        ? Optional.empty()
        : hosted.views().stream().flatMap(view -> view.stopped().stream()).findFirst();
  }

  @Override
  public String state() {
    var hosted = members;
    return machine + (hosted == null ? " is off" : " " + hosted.views());
  }

  @Override
  public void close() {
    disk.close();
  }
}
