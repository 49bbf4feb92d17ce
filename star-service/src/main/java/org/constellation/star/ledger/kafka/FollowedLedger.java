package org.constellation.star.ledger.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.ledger.LedgerSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The ledger out of the blackhole's topic. It executes every block again: that costs less than to
 * keep balances, holds, homes and keys by receipts alone, and is right about every star. After a
 * restart it begins at genesis; blocks whose receipts are stored pass the writer by.
 */
@Component
class FollowedLedger implements LedgerSource {

  private final Genesis genesis;
  private final Topics topics;
  private final Transport transport;
  private final SignatureScheme scheme;
  private final FollowerProperties properties;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile LedgerState state;
  private volatile @Nullable LedgerFollower follower;

  FollowedLedger(
      Genesis genesis,
      Topics topics,
      Transport transport,
      SignatureScheme scheme,
      FollowerProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.genesis = genesis;
    this.topics = topics;
    this.transport = transport;
    this.scheme = scheme;
    this.properties = properties;
    this.meters = meters;
    this.clock = clock;
    this.state = LedgerState.genesis(genesis);
  }

  @Override
  public LedgerState state() {
    return state;
  }

  @Override
  public void start(Follower next) {
    var keepers = new ArrayList<Bytes>();
    keepers.add(BlockServer.KEEPERS);
    for (var member : genesis.galaxy().members()) {
      keepers.add(Bytes.copyOf(member.operationalKey().toBytes()));
    }
    follower =
        new LedgerFollower(
            "star-service",
            FollowStart.executingFrom(genesis),
            topics,
            transport,
            scheme.generate(new SecureRandom()),
            scheme,
            keepers,
            List.of(block -> handOn(block, next)),
            properties,
            meters,
            clock);
  }

  private void handOn(FollowedBlock block, Follower next) {
    block.state().ifPresent(after -> state = after);
    try {
      next.next(block.block());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("closing", e);
    }
  }

  @Override
  public Optional<String> trouble() {
    var running = follower;
    return running == null ? Optional.of("not started") : running.trouble();
  }

  @Override
  public void close() {
    var running = follower;
    if (running != null) {
      running.close();
    }
  }
}
