package org.constellation.platform.member;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.consensus.layer.LayerRecall;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.observe.SignatureChecks;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committee members that one service hosts. They share a process, but no key, no journal, no
 * signature check, no Kafka client and no path by which a message could pass without the broker.
 */
public final class Members implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Members.class);

  private final String service;
  private final Transport transport;
  private final Topics topics;
  private final SignatureChecks checks;
  private final MeterRegistry meters;
  private final MemberProperties properties;
  private final Disk disk;
  private final Loops loops;
  private final Clock clock;
  private final List<Running> running = new CopyOnWriteArrayList<>();
  private final Map<String, String> refused = new ConcurrentSkipListMap<>();
  private final MemberGauges gauges;

  private record Running(
      String name,
      MemberDriver<?> driver,
      EnvelopeSubscription subscription,
      EnvelopePublisher publisher) {}

  /**
   * @param service its name, for threads and logs
   * @param disk where the members' journals are
   * @param loops run the members, each by itself
   */
  public Members(
      String service,
      Transport transport,
      Topics topics,
      SignatureChecks checks,
      MeterRegistry meters,
      MemberProperties properties,
      Disk disk,
      Loops loops,
      Clock clock) {
    this.service = service;
    this.transport = transport;
    this.topics = topics;
    this.checks = checks;
    this.meters = meters;
    this.properties = properties;
    this.disk = disk;
    this.loops = loops;
    this.clock = clock;
    this.gauges = new MemberGauges(meters, this::view);
  }

  /**
   * Starts a member from its journal.
   *
   * @throws JournalUnusable if it has none that can be used: it stays silent, and {@link #views}
   *     says so
   */
  public <B> MemberDriver<B> start(
      MemberSeat seat, Path journalDirectory, LayerAssembly<B> assembly, MemberSink<B> sink)
      throws JournalUnusable {
    gauges.watch(seat);
    try {
      var opened =
          Journal.open(disk, journalDirectory, new Owner(seat.network(), seat.key().publicKey()));
      refused.remove(seat.name());
      try {
        return start(seat, opened, assembly, sink);
      } catch (RuntimeException | Error e) {
        // Whoever tries again must find the journal unlocked.
        opened.journal().close();
        throw e;
      }
    } catch (JournalUnusable e) {
      refused.put(seat.name(), String.valueOf(e.getMessage()));
      LOG.error("Member {} stays silent: {}", seat.name(), e.getMessage());
      throw e;
    }
  }

  private <B> MemberDriver<B> start(
      MemberSeat seat, Journal.Opened opened, LayerAssembly<B> assembly, MemberSink<B> sink) {
    var committee = seat.plan().committee();
    var metrics = new MemberMetrics(meters, seat, newestRound(opened.records()));
    var verifier = checks.of(seat.name());
    var core =
        MemberCore.of(
            assembly.assemble(LayerRecall.of(opened.records()), seat.key()::sign, verifier));
    var publisher =
        transport.publisher(new Sender(seat.network(), committee, seat.plan().era(), seat.key()));
    var driver =
        new MemberDriver<>(
            service,
            seat,
            core,
            opened.journal(),
            publisher,
            topics,
            sink,
            metrics,
            properties,
            clock,
            loops);
    var subscription =
        transport.subscribe(
            new Subscription(
                service + "-" + seat.name() + "-reader",
                seat.network(),
                List.of(
                    Feed.without(topics.consensus(committee), seat.address()),
                    Feed.keyedTo(topics.sync(committee), seat.address())),
                Subscription.StartAt.LATEST,
                seat.peers()::admits,
                verifier),
            driver::deliver);
    running.add(new Running(seat.name(), driver, subscription, publisher));
    driver.start();
    return driver;
  }

  private static long newestRound(List<JournalRecord> records) {
    return records.stream()
        .filter(JournalRecord.Certified.class::isInstance)
        .mapToLong(record -> ((JournalRecord.Certified) record).round())
        .max()
        .orElse(0);
  }

  /** All members' views, those that could not be started included. */
  public List<MemberView> views() {
    var views = new ArrayList<MemberView>();
    running.forEach(one -> views.add(one.driver().view()));
    refused.forEach((name, why) -> views.add(MemberView.refused(name, why)));
    return List.copyOf(views);
  }

  private Optional<MemberView> view(String name) {
    return running.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .map(one -> one.driver().view())
        .or(() -> Optional.ofNullable(refused.get(name)).map(why -> MemberView.refused(name, why)));
  }

  /** Stops all of them, readers first. */
  @Override
  public void close() {
    running.forEach(one -> one.subscription().close());
    running.forEach(one -> one.driver().close());
    running.forEach(one -> one.publisher().close());
    gauges.close();
    running.clear();
  }
}
