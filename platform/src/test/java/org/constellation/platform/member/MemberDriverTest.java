package org.constellation.platform.member;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.platform.HandLoops;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.journal.TestJournals;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberDriverTest {

  private static final Topics TOPICS = new Topics("membertest");
  private static final Hash NETWORK = TestNetwork.hashOf("membertest");
  private static final TestCommittees GALAXY = TestCommittees.of(Committee.GALAXY, 4, 1);
  private static final MemberSeat SEAT =
      new MemberSeat(NETWORK, GALAXY.plan(), 1, GALAXY.keys().get(1));
  private static final MemberProperties PROPERTIES =
      TestNetwork.properties(
          MemberProperties.class, Map.of("retry-disk", "20ms", "inbox-envelopes-per-peer", "3"));

  @TempDir Path temporary;
  private final TestJournals disk = new TestJournals();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final EchoingCore core = new EchoingCore();
  private final List<CertifiedBlock<String>> certified = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Journal journal;
  private MemberDriver<String> driver;

  @BeforeEach
  void makeDriver() throws Exception {
    journal = disk.create(temporary.resolve("journal"), new Owner(NETWORK, SEAT.key().publicKey()));
    driver = drivenBy(new ThreadLoops("test"));
  }

  private MemberDriver<String> drivenBy(Loops loops) {
    return new MemberDriver<>(
        "test",
        SEAT,
        core,
        journal,
        publisher,
        TOPICS,
        certified::add,
        new MemberMetrics(meters, SEAT, 0),
        PROPERTIES,
        Clock.systemUTC(),
        loops);
  }

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void sendsWhatItsLayerSaysToEverybodyAndToOne() {
    driver.start();
    driver.deliver(List.of(from(2, "hello")));

    await().until(() -> publisher.sent().size() == 2);
    assertThat(publisher.sent())
        .containsExactly(
            new RecordingPublisher.Sent(
                TOPICS.consensus(Committee.GALAXY), SEAT.address(), List.of(bytes("hello"))),
            new RecordingPublisher.Sent(
                TOPICS.sync(Committee.GALAXY), SEAT.addressOf(2), List.of(bytes("hello"))));
    assertThat(journal.syncs()).isEqualTo(1);
  }

  @Test
  void sendsNothingThatIsNotOnItsDisk() {
    driver.start();
    disk.fillDisk();
    driver.deliver(List.of(from(2, "too early")));
    await().until(() -> driver.view().stopped().isPresent());
    assertThat(driver.view().stalled()).hasValueSatisfying(why -> assertThat(why).contains("disk"));
    assertThat(driver.view().code()).contains(StallCode.DISK);
    assertThat(publisher.sent()).isEmpty();

    disk.makeRoom();
    await().until(() -> !publisher.sent().isEmpty());
    assertThat(publisher.sent().getFirst().messages()).containsExactly(bytes("too early"));
    await().until(() -> driver.view().stopped().isEmpty());
  }

  @Test
  void doesNothingElseWhileItsDiskRefuses() {
    var loops = new HandLoops();
    driver = drivenBy(loops);
    driver.start();
    loops.run();
    disk.fillDisk();
    driver.deliver(List.of(from(2, "first")));
    loops.run();
    driver.deliver(List.of(from(3, "second")));
    loops.forward(PROPERTIES.retryDisk());
    assertThat(core.calls()).contains("receive from 2").doesNotContain("receive from 3");
    assertThat(publisher.sent()).isEmpty();

    disk.makeRoom();
    driver.deliver(List.of(from(3, "third")));
    loops.run();
    assertThat(publisher.sent()).as("before its time has come").isEmpty();
    loops.forward(PROPERTIES.retryDisk());
    assertThat(core.calls()).filteredOn("receive from 2"::equals).hasSize(1);
    assertThat(publisher.sent().stream().flatMap(sent -> sent.messages().stream()))
        .containsExactly(
            bytes("first"),
            bytes("first"),
            bytes("second"),
            bytes("third"),
            bytes("second"),
            bytes("third"));
    assertThat(journal.syncs()).isEqualTo(2);
  }

  @Test
  void goesOnAtOnceWithWhatCameDuringATurn() {
    var loops = new HandLoops();
    driver = drivenBy(loops);
    driver.start();
    driver.deliver(List.of(from(0, "a"), from(2, "b")));
    driver.execute(() -> driver.deliver(List.of(from(3, "c"))));
    loops.run();
    assertThat(core.calls()).contains("receive from 0", "receive from 2", "receive from 3");
    assertThat(loops.nanos()).isZero();
  }

  @Test
  void syncsOnceForWhatArrivedTogether() {
    driver.deliver(List.of(from(0, "a"), from(2, "b"), from(3, "c")));
    driver.start();
    await().until(() -> core.calls().size() == 4);
    await().until(() -> publisher.sent().size() == 4);
    assertThat(publisher.sent().getFirst().messages()).hasSize(3);
    assertThat(journal.syncs()).isEqualTo(1);
  }

  @Test
  void boundsWhatOnePeerLeavesWaitingAndKeepsRoomForOthers() {
    for (var i = 0; i < 10; i++) {
      driver.deliver(List.of(from(0, "flood " + i)));
    }
    driver.deliver(List.of(from(2, "honest")));
    driver.start();
    await().until(() -> core.calls().contains("receive from 2"));
    assertThat(core.calls()).filteredOn("receive from 0"::equals).hasSize(3);
    assertThat(meters.counter(Metrics.INBOX_REFUSED, Metrics.MEMBER, SEAT.name()).count())
        .isEqualTo(7);
  }

  @Test
  void worksOnTheServicesTasksAndLooksAtThePoolAfterwards() {
    driver.start();
    var threads = new CopyOnWriteArrayList<String>();
    assertThat(driver.execute(() -> threads.add(Thread.currentThread().getName()))).isTrue();
    await().until(() -> core.calls().contains("pool changed"));
    assertThat(threads).containsExactly("test-" + SEAT.name());
  }

  @Test
  void handsOutCertifiedBlocks() {
    driver.start();
    assertThat(driver.offerBlock(Bytes.EMPTY)).isTrue();
    await().until(() -> certified.size() == 1);
    assertThat(certified.getFirst().block()).isEqualTo("block");
  }

  @Test
  void stopsForGoodWhenItsLayerMustNotGoOn() {
    driver.start();
    core.haltNext("two certificates");
    driver.deliver(List.of(from(2, "last")));
    await().until(() -> driver.view().stopped().isPresent());
    assertThat(driver.view().stopped()).contains("two certificates");
    assertThat(driver.view().code()).contains(StallCode.STOPPED);
    driver.deliver(List.of(from(3, "unheard")));
    assertThat(core.calls()).doesNotContain("receive from 3");
  }

  @Test
  void stopsVisiblyAfterAnErrorAndDoesNotGoOn() {
    driver.start();
    driver.execute(
        () -> {
          throw new StackOverflowError();
        });
    await().until(() -> driver.view().stopped().isPresent());
    assertThat(driver.view().stalled())
        .hasValueSatisfying(why -> assertThat(why).contains("StackOverflowError"));
    driver.deliver(List.of(from(3, "unheard")));
    assertThat(core.calls()).doesNotContain("receive from 3");
  }

  private static ReceivedEnvelope from(int member, String text) {
    var key = GALAXY.keys().get(member);
    var header = new Envelope.Header(NETWORK, Committee.GALAXY, 0, key.publicKey(), 1, 1);
    var envelope = EnvelopeCodec.seal(header, List.of(bytes(text)), key);
    return new ReceivedEnvelope(TOPICS.consensus(Committee.GALAXY), envelope, 100);
  }

  private static Bytes bytes(String text) {
    return Bytes.copyOf(text.getBytes(UTF_8));
  }
}
