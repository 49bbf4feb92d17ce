package org.constellation.blackhole.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.constellation.blackhole.ledger.BlockRows.AssetRow;
import org.constellation.blackhole.ledger.BlockRows.BalanceRow;
import org.constellation.blackhole.ledger.BlockRows.DecisionRow;
import org.constellation.blackhole.ledger.BlockRows.EvidenceRow;
import org.constellation.blackhole.ledger.BlockRows.HalfBlockRow;
import org.constellation.blackhole.ledger.BlockRows.ProposalRow;
import org.constellation.blackhole.ledger.BlockRows.StarRow;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StateEntry;
import org.constellation.protocol.wire.EvidenceCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of an executed block what the tables need. Balances come from the executed state, not
 * from adding up legs, so the tables cannot drift from what was certified.
 */
public final class BlockReading {

  /** Whom a transaction concerns and what it moves. */
  public record Parties(StarId proposer, StarId counterparty, List<Leg> legs) {
    public Parties {
      legs = List.copyOf(legs);
    }

    static Parties of(HalfBlock halfBlock, Body.Proposal proposal) {
      return new Parties(halfBlock.star(), proposal.counterparty(), proposal.legs());
    }
  }

  private final FollowedBlock followed;
  private final LedgerState state;
  private final Map<Hash, Receipt> advances = new HashMap<>();
  private final Map<Hash, Parties> proposedHere = new LinkedHashMap<>();
  private final List<HalfBlockRow> halfBlocks = new ArrayList<>();
  private final List<ProposalRow> proposals = new ArrayList<>();
  private final List<AssetRow> assets = new ArrayList<>();
  private final Set<Hash> seen = new HashSet<>();
  private final Set<StarId> touched = new TreeSet<>();

  private BlockReading(FollowedBlock followed) {
    this.followed = followed;
    this.state = followed.state().orElseThrow();
    // A half-block may stand in a block several times: at most one of its receipts says that it
    // advanced its chain there, and later ones say what became of it.
    for (var receipt : followed.block().receipts()) {
      if (receipt.outcome().advancesChain()) {
        advances.putIfAbsent(receipt.subject(), receipt);
      }
    }
  }

  /**
   * Reads {@code block}, which was executed.
   *
   * @param earlier the parties of transactions proposed in earlier blocks
   */
  public static BlockRows read(
      FollowedBlock block, Function<Set<Hash>, Map<Hash, Parties>> earlier) {
    return new BlockReading(block).rows(earlier);
  }

  private BlockRows rows(Function<Set<Hash>, Map<Hash, Parties>> earlier) {
    for (var checkpoint : followed.block().content().checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        segment.halfBlocks().forEach(this::readHalfBlock);
      }
    }
    for (var notice : followed.block().content().notices()) {
      touched.add(notice.star());
    }
    var evidence = evidence();
    var decisions = decisions();
    return new BlockRows(
        followed.block().header(),
        followed.encoded(),
        followed.block().receipts(),
        halfBlocks,
        proposals,
        decisions,
        assets,
        stars(),
        balances(decisions, earlier),
        evidence);
  }

  private void readHalfBlock(HalfBlock halfBlock) {
    var receipt = advances.get(halfBlock.id());
    if (receipt == null || !seen.add(halfBlock.id())) {
      return;
    }
    halfBlocks.add(new HalfBlockRow(halfBlock, receipt));
    touched.add(halfBlock.star());
    switch (halfBlock.body()) {
      case Body.Proposal proposal -> {
        proposals.add(new ProposalRow(halfBlock, proposal, receipt.outcome()));
        proposedHere.put(halfBlock.id(), Parties.of(halfBlock, proposal));
      }
      case Body.AssetDefinition definition ->
          assets.add(new AssetRow(new AssetId(halfBlock.id()), halfBlock.star(), definition));
      case Body.Agreement _,
          Body.Refusal _,
          Body.Cancellation _,
          Body.ContractRegistration _,
          Body.CompositionRegistration _,
          Body.KeyChange _ -> {}
    }
  }

  /** Receipts that change what became of a transaction, in the block's order. */
  private List<DecisionRow> decisions() {
    var decisions = new ArrayList<DecisionRow>();
    for (var receipt : followed.block().receipts()) {
      var transaction = receipt.transaction();
      var isNews =
          switch (receipt.outcome()) {
            case SETTLED, REFUSED, CANCELLED, EXPIRED -> true;
            default ->
                receipt.subject().equals(transaction) && !receipt.equals(firstOf(transaction));
          };
      if (!transaction.equals(Hash.ZERO) && isNews) {
        decisions.add(new DecisionRow(transaction, receipt.outcome(), receipt.subject()));
      }
    }
    return decisions;
  }

  /** The first receipt of a proposal of this block stands in the proposal's own row. */
  private @Nullable Receipt firstOf(Hash transaction) {
    return proposedHere.containsKey(transaction) ? advances.get(transaction) : null;
  }

  private List<StarRow> stars() {
    var rows = new ArrayList<StarRow>();
    for (var star : touched) {
      state.star(star).ifPresent(record -> rows.add(new StarRow(star, record)));
    }
    return rows;
  }

  private List<BalanceRow> balances(
      List<DecisionRow> decisions, Function<Set<Hash>, Map<Hash, Parties>> earlier) {
    var unknown = new LinkedHashSet<Hash>();
    for (var decision : decisions) {
      if (!proposedHere.containsKey(decision.transaction())) {
        unknown.add(decision.transaction());
      }
    }
    var seen = new HashSet<BalanceKey>();
    var rows = new ArrayList<BalanceRow>();
    proposedHere.values().forEach(parties -> addBalances(parties, seen, rows));
    if (!unknown.isEmpty()) {
      var found = earlier.apply(unknown);
      for (var transaction : unknown) {
        var parties = found.get(transaction);
        if (parties != null) {
          addBalances(parties, seen, rows);
        }
      }
    }
    return rows;
  }

  private record BalanceKey(StarId star, AssetId asset) {}

  private void addBalances(Parties parties, Set<BalanceKey> seen, List<BalanceRow> rows) {
    for (var leg : parties.legs()) {
      for (var star : List.of(parties.proposer(), parties.counterparty())) {
        if (seen.add(new BalanceKey(star, leg.asset()))) {
          rows.add(new BalanceRow(star, leg.asset(), state.balance(star, leg.asset())));
        }
      }
    }
  }

  private record Effect(Hash subject, Outcome outcome) {}

  /** One row for each culprit, by the first piece in the block against it. */
  private List<EvidenceRow> evidence() {
    var all = new ArrayList<Evidence>();
    followed.block().content().checkpoints().forEach(c -> all.addAll(c.body().evidence()));
    all.addAll(followed.block().content().evidence());
    var effects = new HashMap<Effect, Integer>();
    var receipts = followed.block().receipts();
    for (var position = 0; position < receipts.size(); position++) {
      var receipt = receipts.get(position);
      effects.putIfAbsent(new Effect(receipt.subject(), receipt.outcome()), position);
    }
    var rows = new ArrayList<EvidenceRow>();
    for (var evidence : new LinkedHashSet<>(all)) {
      var encoded = EvidenceCodec.encode(evidence);
      switch (evidence) {
        case Evidence.Fork(var first, var second) -> {
          var place = effects.remove(new Effect(second.first().id(), Outcome.FORK));
          if (place != null) {
            touched.add(first.star());
            rows.add(row(place, "fork", first.star().key(), first.star(), encoded));
          }
        }
        case Evidence.DoubleVote(var first, _) -> {
          var header = first.header();
          var conviction =
              StateEntry.Conviction.idOf(header.committee(), header.era(), header.sender());
          var place = effects.remove(new Effect(conviction, Outcome.DOUBLE_VOTE));
          if (place != null) {
            var star = servedBy(header.sender());
            rows.add(row(place, "double-vote", header.sender(), star, encoded));
          }
        }
        case Evidence.TwoHeaders headers -> {
          var head = headers.first();
          var members = state.eraPlan(head.committee()).map(EraPlan::members).orElse(List.of());
          for (var index : headers.namedInBoth()) {
            if (index >= members.size()) {
              continue;
            }
            var key = members.get(index).operationalKey();
            var conviction = StateEntry.Conviction.idOf(head.committee(), head.era(), key);
            var place = effects.remove(new Effect(conviction, Outcome.TWO_HEADERS));
            if (place != null) {
              rows.add(row(place, "two-headers", key, servedBy(key), encoded));
            }
          }
        }
      }
    }
    return rows;
  }

  private static EvidenceRow row(
      int position, String kind, PublicKey culprit, StarId star, Bytes encoded) {
    return new EvidenceRow(position, kind, Bytes.copyOf(culprit.toBytes()), star, encoded);
  }

  /** Members' keys are bound before they vote. */
  private StarId servedBy(PublicKey operationalKey) {
    return state.servedBy(operationalKey).orElseThrow();
  }
}
