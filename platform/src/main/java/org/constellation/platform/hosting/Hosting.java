package org.constellation.platform.hosting;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.follow.LedgerListener;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.member.Members;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.SignatureChecks;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.snapshot.Newcomer;
import org.constellation.platform.snapshot.SnapshotFiles;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.proof.Snapshot;

/**
 * What a service has for the members that it hosts. Nothing in it carries anything from one member
 * to another.
 *
 * @param service its name, for threads and logs
 * @param disk where the members' files are
 * @param loops run what works for them
 */
public record Hosting(
    String service,
    Genesis genesis,
    Topics topics,
    Transport transport,
    Members members,
    SignatureChecks checks,
    FollowerProperties follower,
    HostingProperties pace,
    MeterRegistry meters,
    Disk disk,
    Loops loops,
    Clock clock) {

  /**
   * The seat of a member in one of {@code plans}.
   *
   * @throws IOException if its key cannot be read, or has no seat
   */
  public MemberSeat seat(MemberFiles files, Collection<EraPlan> plans) throws IOException {
    var key = files.operationalKey();
    return plans.stream()
        .flatMap(plan -> MemberSeat.of(genesis.network(), plan, key).stream())
        .findFirst()
        .orElseThrow(() -> new IOException("no committee has a seat for " + files.directory()));
  }

  /** Checks signatures for one member, and counts them as that member's. */
  public SignatureVerifier verifierOf(MemberSeat seat) {
    return checks.of(seat.name());
  }

  /** The tags of a member's metrics. */
  public Tags tags(MemberSeat seat) {
    return Tags.of(Metrics.MEMBER, seat.name());
  }

  /** A way to send in a member's name. */
  public EnvelopePublisher publisherOf(MemberSeat seat) {
    return transport.publisher(
        new Sender(genesis.network(), seat.plan().committee(), seat.plan().era(), seat.key()));
  }

  /**
   * The certified blocks that a member's journal holds, ascending. For a look before the member
   * starts.
   *
   * @throws JournalUnusable if there is no journal that can be used
   */
  public List<JournalRecord.Certified> certified(MemberSeat seat, Path journal)
      throws JournalUnusable {
    var opened = Journal.open(disk, journal, new Owner(seat.network(), seat.key().publicKey()));
    opened.journal().close();
    return opened.records().stream()
        .filter(JournalRecord.Certified.class::isInstance)
        .map(JournalRecord.Certified.class::cast)
        .sorted(Comparator.comparingLong(JournalRecord.Certified::round))
        .toList();
  }

  /** Closes all at the same time: each waits for threads and connections of its own. */
  public static void close(Collection<? extends AutoCloseable> hosted) {
    try (var closers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var one : hosted) {
        var _ =
            closers.submit(
                () -> {
                  one.close();
                  return true;
                });
      }
    }
  }

  /**
   * A member's snapshots of the ledger's state.
   *
   * @param directory of the member
   * @param needed the height that its next start must not begin above
   * @throws IOException if the directory cannot be written
   */
  public Snapshots snapshots(MemberSeat seat, Path directory, LongSupplier needed)
      throws IOException {
    return new Snapshots(
        service + "-" + seat.name(),
        seat.name(),
        genesis,
        verifierOf(seat),
        new SnapshotFiles(disk, directory.resolve("snapshots")),
        needed,
        follower.snapshotBlocks(),
        meters,
        loops);
  }

  /**
   * Whether a member that begins there may be so far behind that a snapshot is worth a question.
   */
  public boolean isNewcomer(FollowStart own) {
    return clock.millis() - own.time().timeMillis() > follower.newcomerAfter().toMillis();
  }

  /**
   * Has a member begin after somebody else's snapshot, if one is far ahead.
   *
   * @param own where it would begin by itself
   * @param fits whether it could begin after a snapshot
   * @param begin is told where to begin, in a turn of a worker
   */
  public Newcomer seek(
      MemberSeat seat,
      FollowStart own,
      Snapshots snapshots,
      Predicate<Snapshot> fits,
      Consumer<FollowStart> begin) {
    return new Newcomer(
        service + "-" + seat.name(),
        seat.name(),
        own,
        snapshots,
        genesis,
        topics,
        transport,
        seat.key(),
        verifierOf(seat),
        keepers(seat),
        fits,
        begin,
        follower,
        meters,
        loops);
  }

  /** Follows the ledger for one member; what is missing is pulled in the member's name. */
  public LedgerFollower follow(MemberSeat seat, FollowStart start, LedgerListener listener) {
    return new LedgerFollower(
        service + "-" + seat.name(),
        seat.name(),
        start,
        topics,
        transport,
        seat.key(),
        verifierOf(seat),
        keepers(seat),
        List.of(listener),
        follower,
        meters,
        loops,
        clock);
  }

  /** Whom a member asks for galaxy blocks: the keepers of the blackhole, then galaxy members. */
  private List<Bytes> keepers(MemberSeat seat) {
    var keepers = new ArrayList<Bytes>();
    keepers.add(BlockServer.KEEPERS);
    genesis.galaxy().members().stream()
        .map(CommitteeMember::operationalKey)
        .filter(key -> !key.equals(seat.key().publicKey()))
        .forEach(key -> keepers.add(Bytes.copyOf(key.toBytes())));
    return List.copyOf(keepers);
  }
}
