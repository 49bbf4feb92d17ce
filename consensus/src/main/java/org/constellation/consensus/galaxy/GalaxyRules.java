package org.constellation.consensus.galaxy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.layer.AgreedOrder;
import org.constellation.consensus.layer.BodySize;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.EvidenceCheck;
import org.constellation.consensus.layer.EvidencePool;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.LayerRules;
import org.constellation.consensus.layer.Offered;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.execution.UnexecutableBlock;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * The rules of the galaxy: its members agree on certified checkpoints and notices and execute them.
 * Every segment's signature is checked here once, when its checkpoint arrives; clusters are not
 * believed.
 */
public final class GalaxyRules implements LayerRules<ExecutedBlock> {

  /** Beside its notices a payload has no room for long forks; clusters find those anyway. */
  static final int FORK_BYTES_MAX = 192 * 1024;

  private final EraPlan plan;
  private final SignatureVerifier verifier;
  private final CheckpointPool checkpoints = new CheckpointPool();
  private final CheckpointHeads heads = new CheckpointHeads();
  private final NoticePool notices = new NoticePool();
  private final EvidencePool evidence = new EvidencePool(FORK_BYTES_MAX);
  private LedgerState state;
  private Hash tipHash;
  private List<TableVote> votes = List.of();
  private long stored;
  private boolean changed = true;
  private boolean work;

  /**
   * A galaxy member at a state; the layer adds the blocks that its journal has beyond it.
   *
   * @param plan the galaxy's era
   * @param state after the block {@code tipHash}
   * @param tipHash {@link org.constellation.protocol.block.GalaxyHeader#genesisOf} at the start
   */
  public GalaxyRules(EraPlan plan, LedgerState state, Hash tipHash, SignatureVerifier verifier) {
    this.plan = plan;
    this.state = state;
    this.tipHash = tipHash;
    this.verifier = verifier;
    checkpoints.shelf().startAt(state.height());
  }

  /** The state after the newest block, which may not have its certificate yet. */
  public LedgerState state() {
    return state;
  }

  /** Takes a notice from its topic. If it was taken, the layer must look again. */
  public Optional<String> offer(Notice notice) {
    if (!notice.network().equals(state.network())) {
      return Optional.of("made for another network");
    }
    var flaw = NoticePool.flawOf(notice, state);
    if (flaw.isPresent()) {
      return flaw;
    }
    if (!notices.holds(notice) && !notice.isSignedBy(verifier)) {
      return Optional.of("not signed");
    }
    changed = true;
    return notices.add(notice);
  }

  /** Sets what this member votes about tables that it holds, from now on. */
  public void vote(List<TableVote> newVotes) {
    if (newVotes.size() > MemberTableVotes.VOTES_MAX) {
      throw new IllegalArgumentException("at most " + MemberTableVotes.VOTES_MAX + " votes");
    }
    changed |= !votes.equals(newVotes);
    votes = List.copyOf(newVotes);
  }

  /** Learns that the own organisation's blackhole-ledger has stored everything up to here. */
  public void storedThrough(long height) {
    stored = Math.max(stored, height);
  }

  /** How many checkpoints and notices wait. */
  public int poolSize() {
    return checkpoints.waiting().size() + notices.size();
  }

  @Override
  public Tip tip() {
    return new Tip(state.height(), tipHash);
  }

  @Override
  public boolean hasWork() {
    if (changed) {
      work = checkpoints.hasRun(state) || !notices.isEmpty() || evidence.isAnyDue(this::convicts);
      changed = false;
    }
    return work;
  }

  @Override
  public boolean mayStart(long round) {
    return true;
  }

  @Override
  public Bytes propose(ProposalContext context) {
    return GalaxyProposalCodec.encode(
        new GalaxyProposal(
            context.previousHash(),
            context.nowMillis(),
            context.latenessMillis(),
            checkpoints.forPayload(state, context.seed()),
            notices.forPayload(state),
            evidence.forPayload(this::convicts),
            votes));
  }

  @Override
  public Examined examine(Bytes payload) {
    var decoded = GalaxyProposalCodec.decode(payload).toOptional();
    if (decoded.isEmpty()) {
      return new Examined.Invalid("no galaxy proposal");
    }
    var proposal = decoded.get();
    if (proposal.latenessMillis().size() != plan.members().size()
        || proposal.latenessMillis().stream()
            .anyMatch(late -> late < 0 || late > ProposalContext.LATENESS_MAX_MILLIS)
        || proposal.timeMillis() < 0) {
      return new Examined.Invalid("a number is out of range");
    }
    var references = new LinkedHashSet<>(proposal.checkpoints());
    if (references.size() != proposal.checkpoints().size()
        || references.size() > LayerLimits.CHECKPOINTS_NAMED_MAX
        || proposal.votes().size() > MemberTableVotes.VOTES_MAX
        || !EvidenceCheck.isFew(proposal.evidence())) {
      return new Examined.Invalid("too many entries, or one twice");
    }
    for (var notice : proposal.notices()) {
      if (!isSigned(notice)) {
        return new Examined.Invalid("a notice that is not signed");
      }
    }
    for (var piece : proposal.evidence()) {
      if (!EvidenceCheck.isConvincing(piece, state.network(), verifier)) {
        return new Examined.Invalid("evidence that proves nothing");
      }
    }
    return new Examined.Valid(List.copyOf(references));
  }

  private boolean isSigned(Notice notice) {
    return notice.network().equals(state.network())
        && (notices.holds(notice) || notice.isSignedBy(verifier));
  }

  @Override
  public boolean isWithinLimits(Bytes payload) {
    var size = CheckpointSize.NONE;
    for (var hash : proposalOf(payload).checkpoints()) {
      size = size.plus(CheckpointSize.of(checkpoints.get(hash).orElseThrow()));
    }
    return size.fitsPayload();
  }

  private static GalaxyProposal proposalOf(Bytes payload) {
    return GalaxyProposalCodec.decode(payload)
        .toOptional()
        .orElseThrow(() -> new IllegalStateException("an examined payload is malformed"));
  }

  @Override
  public boolean holds(Hash reference) {
    return checkpoints.shelf().holds(reference);
  }

  @Override
  public BodySize sizeOf(Hash reference) {
    var checkpoint = checkpoints.get(reference).orElseThrow();
    var size = CheckpointSize.of(checkpoint);
    return new BodySize(size.halfBlocks(), size.bytes());
  }

  /** Whatever a payload names is taken, final or not: a payload is judged alike by everybody. */
  @Override
  public boolean takeBody(Hash reference, Bytes body) {
    if (checkpoints.shelf().holds(reference)) {
      return true;
    }
    var decoded = CheckpointCodec.decode(body).toOptional();
    if (decoded.isEmpty()
        || !decoded.get().header().hash().equals(reference)
        || flawOf(decoded.get()).isPresent()) {
      return false;
    }
    store(decoded.get(), body);
    return checkpoints.shelf().holds(reference);
  }

  /** Takes a certified checkpoint from its topic, if it may yet become final. */
  public Offered offerBody(Bytes body) {
    var decoded = CheckpointCodec.decode(body).toOptional();
    return decoded.isEmpty()
        ? new Offered.Refused("no checkpoint")
        : offerBody(decoded.get(), body);
  }

  /**
   * As {@link #offerBody(Bytes)}, for who has read the checkpoint already.
   *
   * @param body its encoding
   */
  public Offered offerBody(CertifiedCheckpoint checkpoint, Bytes body) {
    var hash = checkpoint.header().hash();
    if (checkpoints.shelf().contains(hash)) {
      return new Offered.Held(hash, false);
    }
    if (!checkpoints.hasRoomFor(checkpoint.header(), state)) {
      accuseSignersOf(checkpoint);
      return new Offered.Refused("final, far ahead, or one of many of its round");
    }
    var reason = flawOf(checkpoint);
    if (reason.isPresent()) {
      return new Offered.Refused(reason.get());
    }
    store(checkpoint, body);
    checkpoints.relieve(state);
    return checkpoints.shelf().contains(hash)
        ? new Offered.Held(hash, true)
        : new Offered.Refused("further ahead than there is room");
  }

  /**
   * A checkpoint that is of no use shows its signers' guilt if another one of its round is known;
   * signatures are checked only where that would convict somebody.
   */
  private void accuseSignersOf(CertifiedCheckpoint checkpoint) {
    heads
        .contradiction(checkpoint)
        .filter(found -> evidence.isWanted(found, state) && isCertified(checkpoint))
        .ifPresent(this::offerEvidence);
  }

  private void store(CertifiedCheckpoint checkpoint, Bytes body) {
    accuse(checkpoint);
    if (checkpoints.hasRoomFor(checkpoint.header(), state)) {
      checkpoints.await(checkpoint.header());
    }
    checkpoints.shelf().put(checkpoint.header().hash(), checkpoint, body);
    changed = true;
  }

  /** Compares a certified checkpoint with the one that is known of its round. */
  private void accuse(CertifiedCheckpoint checkpoint) {
    heads.contradiction(checkpoint).ifPresent(this::offerEvidence);
    heads.note(checkpoint, state);
  }

  private boolean isCertified(CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    return header.network().equals(state.network())
        && state
            .eraPlan(Committee.ofCluster(header.cluster()))
            .filter(plan -> plan.era() == header.era())
            .filter(
                plan ->
                    CertifiedBlock.isCertified(
                        plan, header.hash(), checkpoint.certificate(), verifier))
            .isPresent();
  }

  private Optional<String> flawOf(CertifiedCheckpoint checkpoint) {
    if (!isCertified(checkpoint)) {
      return Optional.of("not certified by a committee that is known");
    }
    for (var segment : checkpoint.body().segments()) {
      if (!segment.isSignedBy(verifier)) {
        return Optional.of("a segment is not signed");
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<Bytes> body(Hash reference) {
    return checkpoints.shelf().encoded(reference);
  }

  @Override
  public void offerEvidence(Evidence found) {
    evidence.offer(found, state);
    changed = true;
  }

  private boolean convicts(Evidence found) {
    return EvidenceCheck.convicts(found, state, _ -> Optional.empty());
  }

  @Override
  public Optional<CertifiedHead> head(CertifiedBlock<ExecutedBlock> block) {
    return Optional.of(
        new CertifiedHead.OfGalaxyBlock(block.block().header(), block.certificate()));
  }

  @Override
  public Built<ExecutedBlock> build(BuildInput input) {
    var proposals = new ArrayList<BlockContent.Agreed>();
    for (var agreed : input.agreed()) {
      var proposal = proposalOf(agreed.payload());
      if (proposal.previous().equals(input.previous())) {
        proposals.add(new BlockContent.Agreed(agreed.member(), proposal));
      }
    }
    var content =
        new BlockContent(checkpoints, state, verifier)
            .of(proposals, input.previous(), input.round() % plan.members().size());
    var times = proposals.stream().map(agreed -> agreed.proposal().timeMillis()).toList();
    var time = clockAfter(times.isEmpty() ? 0 : AgreedOrder.median(times));
    var reports = proposals.stream().map(agreed -> agreed.against(content)).toList();
    var records = AgreedOrder.records(plan.members().size(), input.agreed(), reports);
    return execute(content, time, input.beacon(), records);
  }

  private LedgerTime clockAfter(long medianMillis) {
    var parameters = state.parameters();
    return state.time().after(medianMillis, parameters.tickMillis(), parameters.ticksPerBlockMax());
  }

  private Built<ExecutedBlock> execute(
      GalaxyContent content, LedgerTime time, Hash beacon, List<MemberRecord> records) {
    BlockExecution.Result result;
    try {
      result =
          BlockExecution.execute(
              state,
              new BlockExecution.Input(state.height() + 1, time, beacon, content),
              SegmentCheck.certified(verifier));
    } catch (UnexecutableBlock e) {
      return new Built.Refused<>(String.valueOf(e.getMessage()));
    }
    var header =
        GalaxyCodec.header(
            state.network(),
            plan.era(),
            state.height() + 1,
            tipHash,
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            result.state().root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            beacon,
            time,
            records,
            content.checkpoints().stream().mapToInt(one -> one.header().count()).sum());
    var block = new ExecutedBlock(header, content, result.receipts(), result.state());
    return new Built.Ready<>(header.bytes(), header.hash(), block);
  }

  @Override
  public Built<ExecutedBlock> check(CertifiedBlock<ExecutedBlock> block) {
    var header = block.block().header();
    if (header.height() != state.height() + 1
        || !header.previous().equals(tipHash)
        || header.era() != plan.era()
        || !header.network().equals(state.network())) {
      return new Built.Refused<>("it does not follow height " + state.height());
    }
    var time = clockAfter(header.timeMillis());
    return execute(block.block().content(), time, header.beacon(), header.execution());
  }

  @Override
  public void append(long round, Hash hash, ExecutedBlock block) {
    state = block.state();
    tipHash = hash;
    checkpoints.retainAfter(state);
    block.content().checkpoints().forEach(this::accuse);
    heads.retainAfter(state);
    notices.retainAfter(state, block.content().notices());
    block.content().evidence().forEach(piece -> evidence.included(piece, round, false));
    for (var checkpoint : block.content().checkpoints()) {
      checkpoint.body().evidence().forEach(piece -> evidence.included(piece, round, false));
    }
    evidence.executed(state, round);
    changed = true;
  }

  @Override
  public void certified(CertifiedBlock<ExecutedBlock> block) {
    checkpoints.sweep(block.round());
  }

  @Override
  public void restore(CertifiedBlock<ExecutedBlock> block) {
    if (block.round() <= state.height()) {
      return;
    }
    if (check(block) instanceof Built.Ready<ExecutedBlock>(_, var hash, var executed)
        && hash.equals(block.hash())) {
      append(block.round(), hash, executed);
      checkpoints.shelf().startAt(block.round());
    } else {
      throw new IllegalStateException(
          "block %d of the journal does not follow the state at %d"
              .formatted(block.round(), state.height()));
    }
  }

  @Override
  public Bytes encode(ExecutedBlock block, Certificate certificate) {
    return GalaxyCodec.encode(block.certifiedBy(certificate));
  }

  /** The state in what is read is this member's own: only {@link #check} gives the one after. */
  @Override
  public Optional<CertifiedBlock<ExecutedBlock>> decode(Bytes encoded) {
    return GalaxyCodec.decode(encoded)
        .toOptional()
        .map(
            block ->
                new CertifiedBlock<>(
                    block.header().height(),
                    block.header().hash(),
                    block.certificate(),
                    new ExecutedBlock(block.header(), block.content(), block.receipts(), state),
                    encoded));
  }

  @Override
  public long releasedThrough() {
    return stored;
  }

  @Override
  public List<String> concerns() {
    var concerns = new ArrayList<String>();
    checkpoints
        .contradictions(state)
        .forEach(
            (cluster, round) ->
                concerns.add(
                    "cluster %d has two certified checkpoints at round %d"
                        .formatted(cluster, round)));
    return concerns;
  }
}
