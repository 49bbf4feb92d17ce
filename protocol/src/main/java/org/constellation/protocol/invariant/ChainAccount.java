package org.constellation.protocol.invariant;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** CHAIN: what a star's executed half-blocks look like, one by one. */
final class ChainAccount {

  private record Chain(int home, PublicKey key, long length, Hash end) {}

  private final Hash network;
  private final SignatureVerifier verifier;
  private final Map<StarId, Chain> chains = new HashMap<>();
  private final Set<Hash> executed = new HashSet<>();

  ChainAccount(Genesis genesis, SignatureVerifier verifier) {
    this.network = genesis.network();
    this.verifier = verifier;
    for (var star : genesis.stars()) {
      chains.put(star.star(), new Chain(star.home(), star.star().key(), 0, Hash.ZERO));
    }
  }

  void follow(
      GalaxyContent content,
      List<Receipt> receipts,
      LedgerState after,
      List<Violation> violations) {
    var words = new HashMap<Hash, Deque<Outcome>>();
    for (var receipt : receipts) {
      if (receipt.outcome() != Outcome.FORK) {
        words.computeIfAbsent(receipt.subject(), _ -> new ArrayDeque<>()).add(receipt.outcome());
      }
    }
    for (var checkpoint : content.checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        var cluster = checkpoint.header().cluster();
        for (var halfBlock : segment.halfBlocks()) {
          var outcome = nextWord(words, halfBlock);
          if (outcome.isPresent() && outcome.get().advancesChain()) {
            executed.add(halfBlock.id());
            extend(cluster, segment, halfBlock, outcome.get(), violations);
          }
        }
      }
    }
    content.notices().forEach(notice -> settleDown(notice, words, after));
    compareHeads(content, after, violations);
  }

  /**
   * What became of this occurrence of a half-block, of which a block may have several: each gets
   * one receipt, in their order, until one extends the chain.
   */
  private Optional<Outcome> nextWord(Map<Hash, Deque<Outcome>> words, HalfBlock halfBlock) {
    return executed.contains(halfBlock.id())
        ? Optional.empty()
        : Optional.ofNullable(words.get(halfBlock.id())).map(Deque::poll);
  }

  private void extend(
      int cluster,
      Segment segment,
      HalfBlock halfBlock,
      Outcome outcome,
      List<Violation> violations) {
    var chain = chains.get(halfBlock.star());
    if (chain == null) {
      violations.add(violation(halfBlock, "its star has no home"));
      return;
    }
    if (!halfBlock.network().equals(network)) {
      violations.add(violation(halfBlock, "of another network"));
    }
    if (halfBlock.sequence() != chain.length() + 1 || !halfBlock.previous().equals(chain.end())) {
      violations.add(violation(halfBlock, "is not next after " + chain.length()));
    }
    if (cluster != chain.home()) {
      violations.add(violation(halfBlock, "from " + cluster + ", at home in " + chain.home()));
    }
    if (!segment.key().equals(chain.key()) || !segment.isSignedBy(verifier)) {
      violations.add(violation(halfBlock, "not signed by the key valid there"));
    }
    var key =
        outcome == Outcome.RECORDED && halfBlock.body() instanceof Body.KeyChange change
            ? change.newKey()
            : chain.key();
    chains.put(
        halfBlock.star(), new Chain(chain.home(), key, halfBlock.sequence(), halfBlock.id()));
  }

  /** Which of the named clusters it is depends on the beacon; the state says. */
  private void settleDown(Notice notice, Map<Hash, Deque<Outcome>> words, LedgerState after) {
    var outcomes = words.get(notice.id());
    if (outcomes == null || !outcomes.contains(Outcome.RECORDED)) {
      return;
    }
    switch (notice.payload()) {
      case Notice.Join _, Notice.Relocation _ -> {
        var home = after.star(notice.star()).orElseThrow().home();
        var fresh = new Chain(home, notice.star().key(), 0, Hash.ZERO);
        chains.merge(
            notice.star(),
            fresh,
            (chain, _) -> new Chain(home, chain.key(), chain.length(), chain.end()));
      }
      case Notice.CheckIn _,
          Notice.CandidateOffer _,
          Notice.CandidateWithdrawal _,
          Notice.KeyPart _,
          Notice.KeyAck _ -> {}
    }
  }

  private void compareHeads(GalaxyContent content, LedgerState after, List<Violation> violations) {
    for (var checkpoint : content.checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        var chain = chains.get(segment.star());
        var known = after.star(segment.star());
        if (chain != null
            && (known.isEmpty()
                || known.get().sequence() != chain.length()
                || !known.get().head().equals(chain.end()))) {
          violations.add(violation(segment.last(), "the state has another head"));
        }
      }
    }
  }

  private static Violation violation(HalfBlock halfBlock, String what) {
    return new Violation(
        Violation.Invariant.CHAIN,
        "half-block %s, %d of %s: %s"
            .formatted(halfBlock.id(), halfBlock.sequence(), halfBlock.star(), what));
  }
}
