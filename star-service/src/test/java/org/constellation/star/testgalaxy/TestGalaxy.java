package org.constellation.star.testgalaxy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.GalaxyEnd;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.topics.TopicKeeper;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.platform.transport.TransportProperties;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.Judgement;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarChains;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.NoticeCodec;
import org.springframework.util.unit.DataSize;

/**
 * One cluster and a galaxy in a single thread: reads gossip and notices from the broker, orders
 * them as they come, executes with the ledger's own rules, certifies with the network's keys and
 * publishes checkpoints and blocks. No agreement is made, since nobody here could disagree.
 */
public final class TestGalaxy implements AutoCloseable {

  private static final Duration ROUND = Duration.ofMillis(100);
  private static final int HALF_BLOCKS_MAX = 4_000;

  private final TestNetwork network;
  private final Topics topics;
  private final Transport transport;
  private final Map<Integer, EnvelopePublisher> facilitators = new ConcurrentHashMap<>();
  private final EnvelopePublisher asFacilitator;
  private final EnvelopePublisher asGalaxy;
  private final TopicKeeper keeper;
  private final ConcurrentLinkedDeque<Segment> gossip = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedQueue<Notice> notices = new ConcurrentLinkedQueue<>();
  private final Map<Hash, Segment> waiting = new LinkedHashMap<>();
  private final Map<StarId, Map<Long, Segment>> included = new HashMap<>();
  private final Set<Hash> forked = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private final List<BlockServer> servers = new ArrayList<>();
  private volatile LedgerState state;
  private volatile GalaxyEnd end = GalaxyEnd.NO_BLOCK;
  private volatile boolean paused;
  private volatile boolean checkpointsOnly;
  private final CountDownLatch closed = new CountDownLatch(1);
  private Hash previousBlock;
  private Hash previousCheckpoint;
  private long round;
  private final List<CertifiedCheckpoint> unexecuted = new ArrayList<>();

  public TestGalaxy(TestNetwork network, String bootstrapServers) {
    this.network = network;
    var genesis = network.genesis();
    this.topics = new Topics(genesis.name());
    Map<String, Object> kafka =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    this.keeper = new TopicKeeper("test", kafka, topics.all(List.of(0)));
    keeper.start();
    this.transport =
        new KafkaTransport(
            "test",
            kafka,
            new TransportProperties(
                Duration.ZERO,
                Duration.ofSeconds(5),
                Duration.ofSeconds(6),
                DataSize.ofMegabytes(32),
                Duration.ofMillis(500),
                DataSize.ofMegabytes(8),
                Map.of()),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    this.asFacilitator = facilitators.computeIfAbsent(0, this::publisherOf);
    this.asGalaxy =
        transport.publisher(
            new Sender(genesis.network(), Committee.GALAXY, 0, network.galaxyMembers().getFirst()));
    this.state = LedgerState.genesis(genesis);
    this.previousBlock = GalaxyHeader.genesisOf(genesis.network());
    this.previousCheckpoint = CheckpointHeader.genesisOf(genesis.network(), 0);
    transport.subscribe(
        new Subscription(
            "test-galaxy",
            genesis.network(),
            List.of(Feed.of(topics.gossip(0)), Feed.of(topics.notices())),
            new Subscription.StartAt.Since(0),
            SenderCheck.anyone(),
            Ed25519.best()),
        this::read);
    network.galaxyMembers().forEach(this::tellTheEnd);
    this.thread = Thread.ofPlatform().daemon().name("test-galaxy").start(this::run);
  }

  /** Whoever asks a member how far it is gets an answer. */
  private void tellTheEnd(SigningKey member) {
    servers.add(
        new BlockServer(
            "test-galaxy",
            network.genesis().network(),
            Bytes.copyOf(member.publicKey().toBytes()),
            _ -> Optional.empty(),
            (height, _) -> SnapshotSource.Found.none(height),
            () -> Optional.of(end),
            topics,
            transport,
            member,
            Ed25519.best(),
            new SimpleMeterRegistry(),
            Clock.systemUTC()));
  }

  /** The ledger as this galaxy has it. */
  public LedgerState state() {
    return state;
  }

  /** Whether it makes no blocks at present. */
  public boolean isPaused() {
    return paused;
  }

  /** Stops making anything until told otherwise. */
  public void pause(boolean value) {
    paused = value;
  }

  /** Makes checkpoints that no block executes, until told otherwise. */
  public void onlyPromise(boolean value) {
    checkpointsOnly = value;
  }

  /** Loses all that it has read and not yet ordered. */
  public void forgetGossip() {
    gossip.clear();
    notices.clear();
  }

  /** Takes a segment before all that waits, as if its owner had sent it from elsewhere. */
  public void bring(Segment segment) {
    gossip.addFirst(segment);
  }

  /** Lets one facilitator refuse half-blocks. */
  public void refuse(int facilitator, List<Verdict> verdicts) {
    facilitators
        .computeIfAbsent(facilitator, this::publisherOf)
        .publish(
            topics.verdicts(0), Bytes.EMPTY, verdicts.stream().map(VerdictFormat::encode).toList());
  }

  private EnvelopePublisher publisherOf(int facilitator) {
    return transport.publisher(
        new Sender(
            network.genesis().network(),
            Committee.ofCluster(0),
            0,
            network.facilitator(facilitator)));
  }

  private boolean read(List<ReceivedEnvelope> batch) {
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        switch (envelope.topic().purpose()) {
          case GOSSIP -> ChainCodec.decodeSegment(message).toOptional().ifPresent(gossip::add);
          case NOTICES -> NoticeCodec.decode(message).toOptional().ifPresent(notices::add);
          default -> {}
        }
      }
    }
    return true;
  }

  private void run() {
    try {
      while (!closed.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
        if (!paused) {
          checkpoint();
          if (!checkpointsOnly) {
            block();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void checkpoint() {
    for (var segment = gossip.poll(); segment != null; segment = gossip.poll()) {
      waiting.put(segment.reference(), segment);
    }
    var chains = StarChains.of(state, 0, Ed25519.best());
    for (var earlier : unexecuted) {
      chains = chains.after(earlier.body());
    }
    var segments = new ArrayList<Segment>();
    var evidence = new ArrayList<Evidence>();
    var count = 0;
    var progress = true;
    while (progress && count < HALF_BLOCKS_MAX) {
      progress = false;
      for (var segment : List.copyOf(waiting.values())) {
        switch (chains.judge(segment)) {
          case Judgement.Includable(var suffix) -> {
            segments.add(suffix);
            count += suffix.halfBlocks().size();
            chains = chains.after(new CheckpointBody(List.of(suffix), List.of()));
            for (var halfBlock : suffix.halfBlocks()) {
              included
                  .computeIfAbsent(suffix.star(), _ -> new HashMap<>())
                  .put(halfBlock.sequence(), suffix);
            }
            waiting.remove(segment.reference());
            progress = true;
          }
          case Judgement.NotNext _ -> {}
          case Judgement.Included _, Judgement.Fork _ -> {
            waiting.remove(segment.reference());
            contradiction(segment, evidence);
          }
          case Judgement.WrongHome _, Judgement.WrongKey _, Judgement.WrongNetwork _ ->
              waiting.remove(segment.reference());
        }
      }
    }
    if (segments.isEmpty() && evidence.isEmpty()) {
      return;
    }
    publish(new CheckpointBody(segments, evidence));
  }

  private void contradiction(Segment segment, List<Evidence> evidence) {
    var first = segment.first();
    var other = included.getOrDefault(segment.star(), Map.of()).get(first.sequence());
    if (other != null && forked.add(segment.reference())) {
      var same = other.from(first.sequence());
      if (!same.first().id().equals(first.id())) {
        evidence.add(new Evidence.Fork(same, segment));
      }
    }
  }

  private void publish(CheckpointBody body) {
    var header =
        CheckpointCodec.header(
            network.genesis().network(),
            0,
            0,
            ++round,
            previousCheckpoint,
            state.height(),
            body,
            List.of(),
            System.currentTimeMillis());
    previousCheckpoint = header.hash();
    var certified = new CertifiedCheckpoint(header, network.certifyCheckpoint(header.hash()), body);
    unexecuted.add(certified);
    asFacilitator.publish(
        topics.checkpoints(0),
        Bytes.EMPTY,
        BlockChunks.cut(round, header.hash(), CheckpointCodec.encode(certified)).stream()
            .map(BlockChunks::encode)
            .toList());
  }

  private void block() {
    var joined = new ArrayList<Notice>();
    for (var notice = notices.poll(); notice != null; notice = notices.poll()) {
      joined.add(notice);
    }
    var content = new GalaxyContent(List.copyOf(unexecuted), joined, List.of(), List.of());
    unexecuted.clear();
    var before = state;
    var parameters = before.parameters();
    var now = System.currentTimeMillis();
    var time = before.time().after(now, parameters.tickMillis(), parameters.ticksPerBlockMax());
    var height = before.height() + 1;
    var beacon = Hashing.tagged("CSTL-V1-TEST-BEACON").number(height).finish();
    var result =
        BlockExecution.execute(
            before,
            new BlockExecution.Input(height, time, beacon, content),
            SegmentCheck.verifying(Ed25519.best()));
    var header =
        GalaxyCodec.header(
            network.genesis().network(),
            0,
            height,
            previousBlock,
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            result.state().root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            beacon,
            time,
            List.of(),
            content.checkpoints().stream().mapToInt(one -> one.header().count()).sum());
    previousBlock = header.hash();
    state = result.state();
    var block =
        new GalaxyBlock(header, network.certifyGalaxy(header.hash()), content, result.receipts());
    asGalaxy.publish(
        topics.blocks(),
        Bytes.EMPTY,
        BlockChunks.cut(height, header.hash(), GalaxyCodec.encode(block)).stream()
            .map(BlockChunks::encode)
            .toList());
    end = new GalaxyEnd(Optional.of(new CertifiedHeader(header, block.certificate())));
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    servers.forEach(BlockServer::close);
    transport.close();
    keeper.close();
  }
}
