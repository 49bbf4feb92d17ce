package org.constellation.consensus.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.layer.AgreedOrder;
import org.constellation.consensus.layer.BodyShelf;
import org.constellation.consensus.layer.BodySize;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.EvidenceCheck;
import org.constellation.consensus.layer.EvidencePool;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.LayerRules;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.Judgement;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarChains;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;

/**
 * The rules of a cluster: its facilitators agree on the order of its own stars' half-blocks, each
 * judged by a galaxy state and the cluster's own later checkpoints.
 */
public final class ClusterRules implements LayerRules<Checkpoint> {

  /** Checkpoints stay in the journal for this many rounds after they are final. */
  private static final int FINAL_ROUNDS_KEPT = 2;

  /** A segment that begins further ahead of its star's head than this is not kept. */
  private static final long GAP_MAX = 4_096;

  /** Without a verdict: anybody can put a wrong signature under a half-block that is right. */
  private static final Admission UNSIGNED = new Admission.Rejected(Outcome.BAD_SIGNATURE);

  private final Hash network;
  private final EraPlan plan;
  private final SignatureVerifier verifier;
  private final ClusterChain chain;
  private final SegmentPool pool = new SegmentPool();
  private final BodyShelf<Segment> shelf = new BodyShelf<>();
  private final EvidencePool evidence = new EvidencePool(EvidencePool.FORK_BYTES_MAX);
  private final Verdicts verdicts = new Verdicts();
  private boolean changed = true;
  private boolean work;

  /**
   * A cluster without checkpoints of its own; the layer adds those of the journal.
   *
   * @param plan the cluster's era
   * @param state the galaxy's newest executed state, or an older one that the cluster's newest
   *     checkpoint may have been judged by: later ones follow by {@link #learn}
   */
  public ClusterRules(EraPlan plan, LedgerState state, SignatureVerifier verifier) {
    this.network = state.network();
    this.plan = plan;
    this.verifier = verifier;
    this.chain = new ClusterChain(plan.committee().cluster(), state, verifier);
  }

  /** Learns the state after a galaxy block; every height in order. The layer must look again. */
  public void learn(LedgerState state) {
    if (chain.learn(state)) {
      pool.headsMoved();
      evidence.executed(state, chain.finalRound());
      changed = true;
    }
  }

  /** The newest galaxy height learnt. */
  public long galaxyHeight() {
    return chain.newest().height();
  }

  /** How many segments wait. */
  public int poolSize() {
    return pool.size();
  }

  /** Takes a segment from a star. If it was pooled, the layer must look again. */
  public Admission offer(Segment segment) {
    if (pool.contains(segment.reference())) {
      return new Admission.Pooled(false);
    }
    var judgement = chain.newestChains().judge(segment);
    return switch (judgement) {
      case Judgement.Included _ -> repeated(segment);
      case Judgement.NotNext(var expected) when segment.first().sequence() - expected > GAP_MAX ->
          reject(segment, Outcome.NOT_NEXT);
      // Kept until its turn comes only under the key of today: strangers shall not fill a star's
      // place. What a new key signed is sent again once the change is in a checkpoint.
      case Judgement.NotNext _
          when !segment
              .key()
              .equals(chain.newestChains().head(segment.star()).orElseThrow().key()) ->
          reject(segment, Outcome.WRONG_KEY);
      case Judgement.Includable _, Judgement.NotNext _ -> admit(segment);
      case Judgement.Fork _ when !segment.isSignedBy(verifier) -> UNSIGNED;
      case Judgement.Fork fork -> {
        accuse(segment, fork);
        yield reject(segment, Outcome.FORK);
      }
      case Judgement.WrongHome _, Judgement.WrongKey _, Judgement.WrongNetwork _ ->
          reject(segment, Selection.reason(judgement));
    };
  }

  /**
   * Takes a fork that somebody else found: the ledger's keepers remember more than the last segment
   * of a star. It proves itself, and anybody may send it. The layer must look again.
   */
  public void offerFork(Evidence.Fork found) {
    if (evidence.isWanted(found, chain.newest())
        && convicts(found)
        && EvidenceCheck.isConvincing(found, network, verifier)) {
      accept(found);
    }
  }

  /**
   * The sequences are taken, by these very half-blocks or by others. That is seen here as far as
   * the star's last segment goes; what is older, its keepers compare.
   */
  private Admission repeated(Segment segment) {
    var fork = forkOfIncluded(segment, segment.last().sequence());
    if (fork.isEmpty()) {
      return new Admission.Included();
    }
    if (!segment.isSignedBy(verifier)) {
      return UNSIGNED;
    }
    accept(fork.get());
    return reject(segment, Outcome.FORK);
  }

  private Admission admit(Segment segment) {
    if (!shelf.contains(segment.reference()) && !segment.isSignedBy(verifier)) {
      return UNSIGNED;
    }
    var full = pool.add(segment, this::nextSequence);
    if (full.isPresent()) {
      return new Admission.Full(full.get());
    }
    shelf.put(segment.reference(), segment, ChainCodec.encode(segment));
    changed = true;
    return new Admission.Pooled(true);
  }

  private long nextSequence(StarId star) {
    return chain.newestChains().head(star).map(head -> head.sequence() + 1).orElse(1L);
  }

  /** Hands out the verdicts since the last call. */
  public List<Verdict> drainVerdicts() {
    return verdicts.drain();
  }

  @Override
  public Tip tip() {
    return chain.tip();
  }

  @Override
  public boolean hasWork() {
    if (changed) {
      work = Selection.isAny(pool, chain.newestChains()) || evidence.isAnyDue(this::convicts);
      changed = false;
    }
    return work;
  }

  @Override
  public boolean mayStart(long round) {
    chain.run();
    return round - chain.finalRound() <= chain.newest().parameters().checkpointsAheadMax();
  }

  @Override
  public Bytes propose(ProposalContext context) {
    var selection = Selection.from(pool, chain.newestChains(), context.seed());
    selection.stale().forEach(pool::remove);
    for (var rejected : selection.rejected()) {
      pool.remove(rejected.segment());
      if (rejected.judgement() instanceof Judgement.Fork fork) {
        accuse(rejected.segment(), fork);
      }
      reject(rejected.segment(), rejected.reason());
    }
    return ClusterProposalCodec.encode(
        new ClusterProposal(
            context.previousHash(),
            chain.newest().height(),
            context.nowMillis(),
            context.latenessMillis(),
            selection.chosen().stream().map(Segment::reference).toList(),
            evidence.forPayload(this::convicts)));
  }

  @Override
  public Examined examine(Bytes payload) {
    var decoded = ClusterProposalCodec.decode(payload).toOptional();
    if (decoded.isEmpty()) {
      return new Examined.Invalid("no cluster proposal");
    }
    var proposal = decoded.get();
    if (proposal.latenessMillis().size() != plan.members().size()
        || proposal.latenessMillis().stream()
            .anyMatch(late -> late < 0 || late > ProposalContext.LATENESS_MAX_MILLIS)
        || proposal.galaxyHeight() < 0
        || proposal.timeMillis() < 0) {
      return new Examined.Invalid("a number is out of range");
    }
    var references = new LinkedHashSet<>(proposal.segments());
    if (references.size() != proposal.segments().size()
        || references.size() > LayerLimits.HALF_BLOCKS_NAMED_MAX
        || !EvidenceCheck.isFew(proposal.evidence())) {
      return new Examined.Invalid("too many entries, or one twice");
    }
    for (var piece : proposal.evidence()) {
      if (!EvidenceCheck.isConvincing(piece, network, verifier)) {
        return new Examined.Invalid("evidence that proves nothing");
      }
    }
    chain.name(proposal.galaxyHeight());
    return new Examined.Valid(List.copyOf(references));
  }

  @Override
  public boolean isWithinLimits(Bytes payload) {
    var segments = new ArrayList<Segment>();
    for (var reference : proposalOf(payload).segments()) {
      segments.add(held(reference));
    }
    return SegmentSize.of(segments).fitsPayload();
  }

  private Segment held(Hash reference) {
    return shelf
        .get(reference)
        .orElseThrow(() -> new IllegalStateException("held body is gone: " + reference));
  }

  private static ClusterProposal proposalOf(Bytes payload) {
    return ClusterProposalCodec.decode(payload)
        .toOptional()
        .orElseThrow(() -> new IllegalStateException("an examined payload is malformed"));
  }

  @Override
  public boolean holds(Hash reference) {
    return shelf.holds(reference);
  }

  @Override
  public BodySize sizeOf(Hash reference) {
    var size = SegmentSize.of(held(reference));
    return new BodySize(size.halfBlocks(), size.bytes());
  }

  @Override
  public boolean takeBody(Hash reference, Bytes body) {
    if (shelf.holds(reference)) {
      return true;
    }
    var decoded = ChainCodec.decodeSegment(body).toOptional();
    if (decoded.isEmpty()
        || !decoded.get().reference().equals(reference)
        || !decoded.get().isSignedBy(verifier)) {
      return false;
    }
    var segment = decoded.get();
    shelf.put(reference, segment, body);
    // Whoever needs it for a round has it now; whether it is proposed again is a matter of the
    // pool.
    if (chain.newestChains().judge(segment) instanceof Judgement.Includable) {
      pool.add(segment, this::nextSequence);
    }
    changed = true;
    return shelf.holds(reference);
  }

  @Override
  public Optional<Bytes> body(Hash reference) {
    return shelf.encoded(reference);
  }

  @Override
  public void offerEvidence(Evidence found) {
    accept(found);
  }

  private void accept(Evidence found) {
    evidence.offer(found, chain.newest());
    changed = true;
  }

  private boolean convicts(Evidence found) {
    return EvidenceCheck.convicts(found, chain.newest(), chain.newestChains()::head);
  }

  @Override
  public Optional<CertifiedHead> head(CertifiedBlock<Checkpoint> block) {
    return Optional.of(new CertifiedHead.OfCheckpoint(block.block().header(), block.certificate()));
  }

  @Override
  public Built<Checkpoint> build(BuildInput input) {
    var proposals = new ArrayList<Agreed>();
    for (var agreed : input.agreed()) {
      var proposal = proposalOf(agreed.payload());
      if (proposal.previous().equals(input.previous())) {
        proposals.add(new Agreed(agreed.member(), proposal));
      }
    }
    var height = galaxyHeight(proposals);
    var chains = chain.chainsAt(height);
    if (chains.isEmpty()) {
      return new Built.Waits<>(
          "galaxy height " + height + " is not executed, " + galaxyHeight() + " is");
    }
    var builder = new CheckpointBuilder(chains.get());
    var members = proposals.stream().map(Agreed::member).toList();
    var first = input.round() % plan.members().size();
    AgreedOrder.roundRobin(
            proposals.stream().map(agreed -> agreed.proposal().segments()).toList(), members, first)
        .forEach(reference -> builder.add(held(reference)));
    AgreedOrder.roundRobin(
            proposals.stream().map(agreed -> agreed.proposal().evidence()).toList(), members, first)
        .forEach(builder::add);
    return ready(input, proposals, height, builder);
  }

  private Built<Checkpoint> ready(
      BuildInput input, List<Agreed> proposals, long height, CheckpointBuilder builder) {
    var body = builder.body();
    var times = proposals.stream().map(agreed -> agreed.proposal().timeMillis()).toList();
    var reports = proposals.stream().map(agreed -> agreed.against(builder.references())).toList();
    var header =
        CheckpointCodec.header(
            network,
            plan.committee().cluster(),
            plan.era(),
            input.round(),
            input.previous(),
            height,
            body,
            AgreedOrder.records(plan.members().size(), input.agreed(), reports),
            Math.max(chain.tipTimeMillis() + 1, times.isEmpty() ? 0 : AgreedOrder.median(times)));
    return new Built.Ready<>(header.bytes(), header.hash(), new Checkpoint(header, body));
  }

  /** The (f+1)-th highest: at least one correct member has executed it. */
  private long galaxyHeight(List<Agreed> proposals) {
    var named =
        proposals.stream()
            .map(agreed -> agreed.proposal().galaxyHeight())
            .sorted(Comparator.reverseOrder())
            .toList();
    var rank = plan.faultyMax();
    var height = rank < named.size() ? named.get(rank) : 0;
    return Math.max(chain.tipGalaxyHeight(), height);
  }

  @Override
  public Built<Checkpoint> check(CertifiedBlock<Checkpoint> block) {
    var header = block.block().header();
    var tip = chain.tip();
    if (!header.network().equals(network)
        || header.cluster() != plan.committee().cluster()
        || header.era() != plan.era()
        || header.round() != tip.round() + 1
        || !header.previous().equals(tip.hash())
        || header.galaxyHeight() < chain.tipGalaxyHeight()
        || header.timeMillis() <= chain.tipTimeMillis()) {
      return new Built.Refused<>("it does not follow round " + tip.round());
    }
    return new Built.Ready<>(header.bytes(), header.hash(), block.block());
  }

  @Override
  public void append(long round, Hash hash, Checkpoint block) {
    chain.append(block);
    pool.headsMoved();
    for (var segment : block.body().segments()) {
      for (var waiting : pool.of(segment.star())) {
        if (waiting.first().sequence() <= segment.last().sequence()) {
          settle(segment, waiting);
        }
      }
    }
    for (var piece : block.body().evidence()) {
      evidence.included(piece, round, round > chain.finalRound() && convicts(piece));
    }
    changed = true;
  }

  /** A waiting segment overlaps an included one: it is that, or reaches beyond it, or a fork. */
  private void settle(Segment included, Segment waiting) {
    var fork = CheckpointBuilder.forkOf(included, waiting);
    if (fork.isPresent()) {
      pool.remove(waiting);
      accept(fork.get());
      reject(waiting, Outcome.FORK);
    } else if (waiting.last().sequence() <= included.last().sequence()) {
      pool.remove(waiting);
    }
  }

  @Override
  public void certified(CertifiedBlock<Checkpoint> block) {
    shelf.sweep(block.round(), pool::contains);
    shelf.relieve(pool::contains);
  }

  @Override
  public void restore(CertifiedBlock<Checkpoint> block) {
    if (block.round() > chain.tip().round()) {
      append(block.round(), block.hash(), block.block());
      shelf.sweep(block.round(), pool::contains);
    }
  }

  @Override
  public Bytes encode(Checkpoint block, Certificate certificate) {
    return CheckpointCodec.encode(block.certifiedBy(certificate));
  }

  @Override
  public Optional<CertifiedBlock<Checkpoint>> decode(Bytes encoded) {
    return CheckpointCodec.decode(encoded)
        .toOptional()
        .map(
            certified ->
                new CertifiedBlock<>(
                    certified.header().round(),
                    certified.header().hash(),
                    certified.certificate(),
                    new Checkpoint(certified.header(), certified.body()),
                    encoded));
  }

  /**
   * A member that starts again has only the oldest state that the next checkpoint may be judged by:
   * to judge as its peers do, it needs all checkpoints that are not final there.
   */
  @Override
  public long releasedThrough() {
    return chain.finalRoundForAll() - FINAL_ROUNDS_KEPT;
  }

  @Override
  public Optional<String> waitsFor() {
    var ahead = chain.tip().round() - chain.finalRound();
    return ahead >= chain.newest().parameters().checkpointsAheadMax()
        ? Optional.of("%d checkpoints wait for the galaxy".formatted(ahead))
        : Optional.empty();
  }

  private Admission reject(Segment segment, Outcome reason) {
    verdicts.add(
        new Verdict(
            segment.star(), segment.last().sequence(), segment.last().id(), said(segment, reason)));
    return new Admission.Rejected(reason);
  }

  /** A checkpoint may still turn out void: only what the galaxy executed is a fork for good. */
  private Outcome said(Segment segment, Outcome reason) {
    var isPromiseOnly =
        reason == Outcome.FORK
            && !(StarChains.of(chain.newest(), plan.committee().cluster(), verifier).judge(segment)
                instanceof Judgement.Fork);
    return isPromiseOnly ? Outcome.NOT_NEXT : reason;
  }

  /** Keeps what proves a fork, if the included half-block is still at hand. */
  private void accuse(Segment segment, Judgement.Fork fork) {
    forkOfIncluded(segment, fork.sequence()).ifPresent(this::accept);
  }

  private Optional<Evidence> forkOfIncluded(Segment segment, long sequence) {
    return chain
        .included(segment.star(), sequence)
        .flatMap(included -> CheckpointBuilder.forkOf(included, segment));
  }
}
