package org.constellation.galaxyservice.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.consensus.layer.Offered;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.MemberFeed;
import org.constellation.platform.hosting.PoolAge;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Subscription;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockAssemblies;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;

/**
 * Brings certified checkpoints from the clusters' topics to a galaxy member. Chunks are put
 * together for each facilitator apart; what finds no room is dropped, and sent again by the
 * facilitators.
 */
final class CheckpointIntake {

  /** Checkpoints that are remembered as held, so that repeats cost nothing. */
  private static final int KNOWN_MAX = 4_096;

  /** Bytes of unfinished checkpoints of all facilitators; a captured cluster may send anything. */
  private static final long UNFINISHED_BYTES_MAX = 2L * BlockAssembly.BYTES_MAX;

  private final Hosting hosting;
  private final MemberSeat seat;
  private final MemberDriver<ExecutedBlock> driver;
  private final GalaxyRules rules;
  private final PoolAge<PoolEntry> age;
  private final Runnable afterwards;
  private final Set<PublicKey> facilitators = ConcurrentHashMap.newKeySet();
  private final BlockAssemblies assemblies = new BlockAssemblies(UNFINISHED_BYTES_MAX);
  private final Map<Hash, Boolean> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Hash, Boolean> eldest) {
              return size() > KNOWN_MAX;
            }
          });

  /** What came whole: read before the member's turn, and once. */
  private record Whole(Bytes encoded, Optional<CertifiedCheckpoint> checkpoint) {
    static Whole of(Bytes encoded) {
      return new Whole(encoded, CheckpointCodec.decode(encoded).toOptional());
    }

    Offered offerTo(GalaxyRules rules) {
      return checkpoint
          .map(read -> rules.offerBody(read, encoded))
          .orElseGet(() -> rules.offerBody(encoded));
    }

    Optional<PoolEntry> entry() {
      return checkpoint
          .map(CertifiedCheckpoint::header)
          .map(header -> new PoolEntry.Checkpoint(header.cluster(), header.round()));
    }
  }

  /**
   * @param afterwards called in the member's turn after its pool changed
   */
  CheckpointIntake(
      Hosting hosting,
      MemberSeat seat,
      MemberDriver<ExecutedBlock> driver,
      GalaxyRules rules,
      PoolAge<PoolEntry> age,
      Runnable afterwards) {
    this.hosting = hosting;
    this.seat = seat;
    this.driver = driver;
    this.rules = rules;
    this.age = age;
    this.afterwards = afterwards;
    for (var cluster : hosting.genesis().clusters()) {
      cluster.members().stream().map(CommitteeMember::operationalKey).forEach(facilitators::add);
    }
  }

  MemberFeed open() {
    return new MemberFeed(
        hosting.transport(),
        new Subscription(
            hosting.service() + "-" + seat.name() + "-checkpoints",
            seat.network(),
            hosting.genesis().clusters().stream()
                .map(EraPlan::committee)
                .map(cluster -> Feed.of(hosting.topics().checkpoints(cluster.cluster())))
                .toList(),
            Subscription.StartAt.LATEST,
            header -> facilitators.contains(header.sender()),
            hosting.verifierOf(seat)),
        driver,
        this::prepare);
  }

  private Optional<Runnable> prepare(List<ReceivedEnvelope> batch) {
    var whole = new ArrayList<Whole>();
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        BlockChunks.decode(message)
            .toOptional()
            .filter(chunk -> !known.containsKey(chunk.block()))
            .flatMap(chunk -> assemblies.add(envelope.header().sender(), chunk))
            .ifPresent(encoded -> whole.add(Whole.of(encoded)));
      }
    }
    return whole.isEmpty() ? Optional.empty() : Optional.of(() -> offer(whole));
  }

  private void offer(List<Whole> checkpoints) {
    for (var checkpoint : checkpoints) {
      switch (checkpoint.offerTo(rules)) {
        case Offered.Held(var hash, var fresh) -> {
          known.put(hash, true);
          if (fresh) {
            checkpoint.entry().ifPresent(age::add);
          }
        }
        case Offered.Refused(var reason) -> rejected(Reasons.codeOf(reason));
      }
    }
    afterwards.run();
  }

  private void rejected(String code) {
    hosting
        .meters()
        .counter(Metrics.REJECTED, hosting.tags(seat).and(Metrics.CODE, code))
        .increment();
  }
}
