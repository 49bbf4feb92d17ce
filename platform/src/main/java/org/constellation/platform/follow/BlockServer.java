package org.constellation.platform.follow;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.SnapshotCodec;

/**
 * Answers pulls of galaxy blocks and snapshots, and where the ledger ends. What it hands out in a
 * second is bounded, to each asker and to all; whoever gets no answer asks somebody else, or again.
 */
public final class BlockServer implements AutoCloseable {

  /** The address under which every keeper of the blackhole can be asked. */
  public static final Bytes KEEPERS =
      Bytes.copyOf("keepers of the blackhole".getBytes(StandardCharsets.US_ASCII));

  /** Most bytes of one answer, unless a single block is larger. */
  static final int ANSWER_BYTES_MAX = 4 * 1024 * 1024;

  private final Topics topics;
  private final BlockSource source;
  private final SnapshotSource snapshots;
  private final EndSource end;
  private final EnvelopePublisher publisher;
  private final EnvelopeSubscription subscription;
  private final MeterRegistry meters;
  private final HandOutBudget budget;

  /**
   * Begins to answer.
   *
   * @param name for threads and logs
   * @param address under which it is asked: {@link #KEEPERS}, or a member's operational key
   * @param end of the member; {@link EndSource#NONE} for keepers
   */
  public BlockServer(
      String name,
      Hash network,
      Bytes address,
      BlockSource source,
      SnapshotSource snapshots,
      EndSource end,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      MeterRegistry meters,
      Clock clock) {
    this.topics = topics;
    this.source = source;
    this.snapshots = snapshots;
    this.end = end;
    this.meters = meters;
    this.budget = new HandOutBudget(clock);
    var place = new Committee(Committee.Layer.BLACKHOLE, 0);
    this.publisher = transport.publisher(new Sender(network, place, 0, key));
    this.subscription =
        transport.subscribe(
            new Subscription(
                name + "-block-server",
                network,
                List.of(Feed.keyedTo(topics.blackholeSync(), address)),
                Subscription.StartAt.LATEST,
                header -> true,
                verifier),
            this::answer);
  }

  private boolean answer(List<ReceivedEnvelope> batch) {
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        var asker = envelope.header().sender();
        switch (LedgerMessage.decode(message).orElse(null)) {
          case LedgerMessage.Pull pull -> answer(asker, pull);
          case LedgerMessage.SnapshotPull pull -> answer(asker, pull);
          case LedgerMessage.EndQuestion() -> answerEnd(asker);
          case null, default -> {}
        }
      }
    }
    return true;
  }

  private void answer(PublicKey asker, LedgerMessage.Pull pull) {
    var address = Bytes.copyOf(asker.toBytes());
    var answered = 0L;
    for (var height = pull.from(); height < pull.from() + pull.count(); height++) {
      var stored = source.block(height);
      if (stored.isEmpty() || answered > ANSWER_BYTES_MAX) {
        return;
      }
      var encoded = stored.get().encoded();
      if (!budget.take(asker, encoded.length())) {
        meters.counter(Metrics.PULLS_IGNORED).increment();
        return;
      }
      answered += encoded.length();
      var chunks = new ArrayList<Bytes>();
      for (var chunk : BlockChunks.cut(height, stored.get().hash(), encoded)) {
        chunks.add(new LedgerMessage.Chunk(chunk).encode());
      }
      publisher.publish(topics.blackholeSync(), address, chunks);
    }
  }

  /** A part is paid for before it is read, whether it is there or not: questions cost little. */
  private void answer(PublicKey asker, LedgerMessage.SnapshotPull pull) {
    var address = Bytes.copyOf(asker.toBytes());
    var height = pull.height();
    for (var number = 0; number < pull.count(); number++) {
      if (!budget.take(asker, SnapshotCodec.PART_BYTES_MAX)) {
        meters.counter(Metrics.PULLS_IGNORED).increment();
        return;
      }
      var part = pull.from() + number;
      var found = snapshots.part(height, part);
      if (found.parts() == 0) {
        publish(address, LedgerMessage.SnapshotPart.none(pull.height()));
        return;
      }
      if (found.content().isEmpty()) {
        return;
      }
      // The newest may be another one by now.
      height = found.height();
      publish(
          address,
          new LedgerMessage.SnapshotPart(height, part, found.parts(), found.content().get()));
    }
  }

  private void answerEnd(PublicKey asker) {
    var known = end.end();
    if (known.isEmpty()) {
      return;
    }
    var answer = new LedgerMessage.EndAnswer(asker, known.get());
    if (budget.take(asker, answer.encode().length())) {
      publish(Bytes.copyOf(asker.toBytes()), answer);
    } else {
      meters.counter(Metrics.PULLS_IGNORED).increment();
    }
  }

  private void publish(Bytes address, LedgerMessage message) {
    publisher.publish(topics.blackholeSync(), address, List.of(message.encode()));
  }

  @Override
  public void close() {
    subscription.close();
    publisher.close();
  }
}
