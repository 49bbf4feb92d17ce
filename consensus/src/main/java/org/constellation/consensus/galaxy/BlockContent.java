package org.constellation.consensus.galaxy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.layer.AgreedOrder;
import org.constellation.consensus.layer.EvidenceChoice;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.LedgerState;

/** Makes a block's content of the agreed proposals, in execution order. */
final class BlockContent {

  /** Most half-blocks in one block; what exceeds it waits for the next. */
  static final int HALF_BLOCKS_MAX = 65_536;

  /**
   * Most bytes of a block's checkpoints; what exceeds it waits for the next. Together with notices,
   * evidence, votes and receipts it stays below what a block may have.
   */
  static final long BYTES_MAX = 32L * 1024 * 1024;

  private final CheckpointPool pool;
  private final LedgerState state;
  private final SignatureVerifier verifier;

  BlockContent(CheckpointPool pool, LedgerState state, SignatureVerifier verifier) {
    this.pool = pool;
    this.state = state;
    this.verifier = verifier;
  }

  GalaxyContent of(List<Agreed> proposals, Hash previous, long first) {
    return new GalaxyContent(
        checkpoints(proposals, previous),
        notices(proposals, first),
        evidence(proposals, first),
        votes(proposals));
  }

  private List<CertifiedCheckpoint> checkpoints(List<Agreed> proposals, Hash previous) {
    var headers = new TreeMap<Hash, CheckpointHeader>();
    for (var agreed : proposals) {
      for (var hash : agreed.proposal().checkpoints()) {
        headers.put(hash, held(hash).header());
      }
    }
    var runs = Runs.of(headers.values(), state);
    if (runs.isEmpty()) {
      return List.of();
    }
    var start =
        new BigInteger(1, previous.toBytes()).mod(BigInteger.valueOf(runs.size())).intValue();
    return withinLimits(Runs.interleaved(runs, start));
  }

  /** A checkpoint that does not fit ends its cluster's run in this block. */
  private List<CertifiedCheckpoint> withinLimits(List<CheckpointHeader> order) {
    var placed = new ArrayList<CertifiedCheckpoint>();
    var ended = new TreeSet<Integer>();
    var size = CheckpointSize.NONE;
    for (var header : order) {
      var checkpoint = held(header.hash());
      var larger = size.plus(CheckpointSize.of(checkpoint));
      if (ended.contains(header.cluster()) || !larger.fitsBlock()) {
        ended.add(header.cluster());
        continue;
      }
      size = larger;
      placed.add(checkpoint);
    }
    return placed;
  }

  private CertifiedCheckpoint held(Hash headerHash) {
    return pool.get(headerHash)
        .orElseThrow(() -> new IllegalStateException("held checkpoint is gone: " + headerHash));
  }

  /**
   * Only what execution will not turn away at sight: a notice's id covers neither key nor
   * signature, and a copy under another key would take the place of the genuine one.
   */
  private List<Notice> notices(List<Agreed> proposals, long first) {
    var proposed =
        AgreedOrder.roundRobin(
            proposals.stream().map(agreed -> agreed.proposal().notices()).toList(),
            proposals.stream().map(Agreed::member).toList(),
            first);
    var choice = new NoticeChoice();
    for (var notice : proposed) {
      if (NoticePool.flawOf(notice, state).isEmpty()) {
        choice.add(notice);
      }
    }
    return choice.notices().stream()
        .sorted(
            Comparator.comparing(Notice::star)
                .thenComparingInt(notice -> notice.kind().code())
                .thenComparingLong(Notice::counter)
                .thenComparing(Notice::id))
        .toList();
  }

  private List<Evidence> evidence(List<Agreed> proposals, long first) {
    var found =
        AgreedOrder.roundRobin(
            proposals.stream().map(agreed -> agreed.proposal().evidence()).toList(),
            proposals.stream().map(Agreed::member).toList(),
            first);
    var chosen = new EvidenceChoice(state, _ -> Optional.empty(), verifier);
    found.forEach(chosen::add);
    return chosen.pieces();
  }

  private static List<MemberTableVotes> votes(List<Agreed> proposals) {
    return proposals.stream()
        .filter(agreed -> !agreed.proposal().votes().isEmpty())
        .map(agreed -> new MemberTableVotes(agreed.member(), agreed.proposal().votes()))
        .toList();
  }

  /** An agreed proposal that extends the tip. */
  record Agreed(int member, GalaxyProposal proposal) {

    Report against(GalaxyContent content) {
      var placed = new TreeSet<Hash>();
      content.checkpoints().forEach(checkpoint -> placed.add(checkpoint.header().hash()));
      content.notices().forEach(notice -> placed.add(notice.id()));
      var entries = new ArrayList<>(proposal.checkpoints());
      proposal.notices().forEach(notice -> entries.add(notice.id()));
      var count = (int) entries.stream().filter(placed::contains).count();
      return new Report(member, proposal.latenessMillis(), count, entries.size() - count);
    }
  }

  record Report(int member, List<Integer> latenessMillis, int placed, int dropped)
      implements AgreedOrder.Report {}
}
