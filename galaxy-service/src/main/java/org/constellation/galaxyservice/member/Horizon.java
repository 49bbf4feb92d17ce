package org.constellation.galaxyservice.member;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;

/**
 * What a member hears about galaxy blocks that left: which ones another member has published, and
 * how far its own organisation's blackhole-ledger has stored them.
 */
final class Horizon {

  private final Hosting hosting;
  private final MemberSeat seat;
  private final Optional<PublicKey> keeper;
  private final PublishedBlocks blocks;
  private final LongConsumer arrived;
  private final LongConsumer published;
  private final LongConsumer stored;
  private final Set<PublicKey> others;

  /**
   * @param keeper the blackhole-ledger whose word counts
   * @param blocks what others have published
   * @param arrived told heights of this member's blocks that another has sent whole
   * @param published told the height that certainly is published
   * @param stored told the height up to which blocks are stored
   */
  Horizon(
      Hosting hosting,
      MemberSeat seat,
      Optional<PublicKey> keeper,
      PublishedBlocks blocks,
      LongConsumer arrived,
      LongConsumer published,
      LongConsumer stored) {
    this.hosting = hosting;
    this.seat = seat;
    this.keeper = keeper;
    this.blocks = blocks;
    this.arrived = arrived;
    this.published = published;
    this.stored = stored;
    this.others =
        seat.plan().members().stream()
            .map(CommitteeMember::operationalKey)
            .filter(key -> !key.equals(seat.key().publicKey()))
            .collect(Collectors.toUnmodifiableSet());
  }

  EnvelopeSubscription subscribe() {
    return hosting
        .transport()
        .subscribe(
            new Subscription(
                hosting.service() + "-" + seat.name() + "-horizon",
                seat.network(),
                List.of(
                    Feed.without(hosting.topics().blocks(), seat.address()),
                    Feed.keyedTo(hosting.topics().blackholeSync(), LedgerMessage.TO_ALL)),
                Subscription.StartAt.LATEST,
                header ->
                    others.contains(header.sender())
                        || keeper.filter(header.sender()::equals).isPresent(),
                hosting.verifierOf(seat)),
            this::deliver);
  }

  private boolean deliver(List<ReceivedEnvelope> batch) {
    for (var envelope : batch) {
      var sender = envelope.header().sender();
      for (var message : envelope.messages()) {
        if (envelope.topic().purpose() == Purpose.BLOCKS) {
          BlockChunks.decode(message)
              .toOptional()
              .filter(_ -> others.contains(sender))
              .ifPresent(chunk -> note(sender, chunk));
        } else if (keeper.filter(sender::equals).isPresent()
            && LedgerMessage.decode(message).orElse(null)
                instanceof LedgerMessage.Stored(var height)) {
          stored.accept(height);
        }
      }
    }
    return true;
  }

  private void note(PublicKey sender, BlockChunk chunk) {
    if (blocks.completes(sender, chunk)) {
      arrived.accept(chunk.number());
    }
    var height = blocks.height();
    // After a start, before enough have spoken, nothing is known: not even that nothing was missed.
    if (height > 0) {
      published.accept(height);
    }
  }
}
