package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.simulation.broker.Published;
import org.constellation.simulation.time.Dice;

/** What was published of late, by topic: a good lie has much of the truth. */
final class Wiretap {

  /** Of each topic: few, so that what is read here is still under way elsewhere. */
  private static final int KEPT_MAX = 12;

  private final World world;
  private final Map<String, List<Published>> topics = new TreeMap<>();

  /** Begins to listen. */
  Wiretap(World world) {
    this.world = world;
    world.broker().observe(this::heard);
  }

  private void heard(Published record) {
    var kept = topics.computeIfAbsent(record.topic(), _ -> new ArrayList<>());
    if (kept.size() >= KEPT_MAX) {
      kept.removeFirst();
    }
    kept.add(record);
  }

  /** One of the newest envelopes of a topic. */
  Optional<Envelope> envelope(Topic topic, Dice dice) {
    var kept = topics.getOrDefault(topic.name(), List.of());
    return kept.isEmpty() ? Optional.empty() : dice.oneOf(kept).envelope();
  }

  /** A segment that a cluster got to hear. */
  Optional<Segment> segment(int cluster, Dice dice) {
    return envelope(world.topics().gossip(cluster), dice)
        .flatMap(
            said ->
                said.messages().stream()
                    .flatMap(message -> ChainCodec.decodeSegment(message).toOptional().stream())
                    .findFirst());
  }

  /** A checkpoint of a cluster, if it came in one piece. */
  Optional<CertifiedCheckpoint> checkpoint(int cluster, Dice dice) {
    return chunk(world.topics().checkpoints(cluster), dice)
        .flatMap(whole -> CheckpointCodec.decode(whole.bytes()).toOptional());
  }

  /** A galaxy block, if it came in one piece. */
  Optional<GalaxyBlock> block(Dice dice) {
    return chunk(world.topics().blocks(), dice)
        .flatMap(whole -> GalaxyCodec.decode(whole.bytes()).toOptional());
  }

  private Optional<BlockChunk> chunk(Topic topic, Dice dice) {
    return envelope(topic, dice)
        .flatMap(
            said ->
                said.messages().stream()
                    .flatMap(message -> BlockChunks.decode(message).toOptional().stream())
                    .filter(chunk -> chunk.total() == 1)
                    .findFirst());
  }
}
