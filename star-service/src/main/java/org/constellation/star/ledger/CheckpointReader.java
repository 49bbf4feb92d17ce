package org.constellation.star.ledger;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.BlockAssemblies;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what clusters certified, to tell users that the order of their half-blocks is promised. A
 * hint: whatever is missed here, the galaxy block settles.
 */
@Component
public final class CheckpointReader implements Reader {

  /** Several members publish every checkpoint; so many of the latest are recognised. */
  private static final int SEEN_MAX = 1_024;

  /** Facilitators whose unfinished checkpoints are kept; the one that came first gives way. */
  private static final int SENDERS_MAX = 64;

  /** Bytes of unfinished checkpoints of all facilitators. */
  private static final long UNFINISHED_BYTES_MAX = BlockAssembly.BYTES_MAX;

  private final Transport transport;
  private final Topics topics;
  private final Genesis genesis;
  private final LedgerView ledger;
  private final Facilitators facilitators;
  private final SignatureVerifier verifier;
  private final BlockAssemblies assemblies = new BlockAssemblies(UNFINISHED_BYTES_MAX);
  private final Set<Hash> seen = new LinkedHashSet<>();
  private final Unread<CertifiedCheckpoint> unread = new Unread<>();
  private @Nullable EnvelopeSubscription subscription;

  public CheckpointReader(
      Transport transport,
      Topics topics,
      Genesis genesis,
      LedgerView ledger,
      Facilitators facilitators,
      SignatureVerifier verifier) {
    this.transport = transport;
    this.topics = topics;
    this.genesis = genesis;
    this.ledger = ledger;
    this.facilitators = facilitators;
    this.verifier = verifier;
  }

  @Override
  public void start(News news) {
    var feeds =
        genesis.clusters().stream()
            .map(plan -> Feed.of(topics.checkpoints(plan.committee().cluster())))
            .toList();
    subscription =
        transport.subscribe(
            new Subscription(
                "star-checkpoints",
                genesis.network(),
                feeds,
                Subscription.StartAt.LATEST,
                facilitators,
                verifier),
            batch -> unread.handOver(() -> read(batch), news::promised));
  }

  private List<CertifiedCheckpoint> read(List<ReceivedEnvelope> batch) {
    var checkpoints = new ArrayList<CertifiedCheckpoint>();
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        whole(envelope.header().sender(), message)
            .flatMap(whole -> CheckpointCodec.decode(whole).toOptional())
            .filter(this::isNews)
            .ifPresent(checkpoints::add);
      }
    }
    return checkpoints;
  }

  private Optional<Bytes> whole(PublicKey sender, Bytes message) {
    var chunk = BlockChunks.decode(message).toOptional();
    if (chunk.isEmpty() || seen.contains(chunk.get().block())) {
      return Optional.empty();
    }
    if (!assemblies.senders().contains(sender) && assemblies.senders().size() >= SENDERS_MAX) {
      assemblies.forget(assemblies.senders().iterator().next());
    }
    return assemblies.add(sender, chunk.get());
  }

  private boolean isNews(CertifiedCheckpoint checkpoint) {
    if (seen.contains(checkpoint.header().hash()) || !isCertified(checkpoint)) {
      return false;
    }
    if (seen.size() >= SEEN_MAX) {
      seen.remove(seen.iterator().next());
    }
    seen.add(checkpoint.header().hash());
    return true;
  }

  private boolean isCertified(CertifiedCheckpoint checkpoint) {
    return ledger
        .state()
        .eraPlan(Committee.ofCluster(checkpoint.header().cluster()))
        .filter(plan -> plan.era() == checkpoint.header().era())
        .filter(plan -> Promises.isCertified(checkpoint, plan, verifier))
        .isPresent();
  }

  @Override
  public @Nullable String trouble() {
    return subscription == null ? "not started" : subscription.trouble();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
