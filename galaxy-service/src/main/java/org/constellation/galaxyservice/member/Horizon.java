package org.constellation.galaxyservice.member;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Subscription;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;

/**
 * What a member hears about galaxy blocks that left: which ones another member has published, and
 * how far its own organisation's blackhole-ledger has stored them.
 */
final class Horizon {

  /** Blocks whose chunks are counted at the same time; the first begun gives way. */
  private static final int OPEN_MAX = 64;

  private final Hosting hosting;
  private final MemberSeat seat;
  private final Optional<PublicKey> keeper;
  private final LongConsumer published;
  private final LongConsumer stored;
  private final Map<Name, BitSet> open =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, BitSet> eldest) {
          return size() > OPEN_MAX;
        }
      };

  private record Name(PublicKey sender, long height, Hash block) {}

  /**
   * @param keeper the blackhole-ledger whose word counts
   * @param published told heights of blocks that somebody has sent whole
   * @param stored told the height up to which blocks are stored
   */
  Horizon(
      Hosting hosting,
      MemberSeat seat,
      Optional<PublicKey> keeper,
      LongConsumer published,
      LongConsumer stored) {
    this.hosting = hosting;
    this.seat = seat;
    this.keeper = keeper;
    this.published = published;
    this.stored = stored;
  }

  EnvelopeSubscription subscribe() {
    var others =
        seat.plan().members().stream()
            .map(CommitteeMember::operationalKey)
            .filter(key -> !key.equals(seat.key().publicKey()))
            .collect(Collectors.toUnmodifiableSet());
    return hosting
        .transport()
        .subscribe(
            new Subscription(
                hosting.service() + "-" + seat.name() + "-horizon",
                seat.network(),
                List.of(
                    Feed.of(hosting.topics().blocks()), Feed.of(hosting.topics().blackholeSync())),
                Subscription.StartAt.LATEST,
                header ->
                    others.contains(header.sender())
                        || keeper.filter(header.sender()::equals).isPresent(),
                hosting.verifierOf(seat)),
            this::deliver);
  }

  private void deliver(List<ReceivedEnvelope> batch) {
    for (var envelope : batch) {
      var sender = envelope.header().sender();
      for (var message : envelope.messages()) {
        if (envelope.topic().purpose() == Purpose.BLOCKS) {
          BlockChunks.decode(message).toOptional().ifPresent(chunk -> note(sender, chunk));
        } else if (keeper.filter(sender::equals).isPresent()
            && LedgerMessage.decode(message).orElse(null)
                instanceof LedgerMessage.Stored(var height)) {
          stored.accept(height);
        }
      }
    }
  }

  private void note(PublicKey sender, BlockChunk chunk) {
    var name = new Name(sender, chunk.number(), chunk.block());
    var chunks = open.computeIfAbsent(name, _ -> new BitSet());
    chunks.set(chunk.index());
    if (chunks.cardinality() == chunk.total()) {
      open.remove(name);
      published.accept(chunk.number());
    }
  }
}
