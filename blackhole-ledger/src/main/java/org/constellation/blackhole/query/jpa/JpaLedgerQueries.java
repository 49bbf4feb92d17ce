package org.constellation.blackhole.query.jpa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.constellation.blackhole.LedgerNames;
import org.constellation.blackhole.query.AssetView;
import org.constellation.blackhole.query.BalanceView;
import org.constellation.blackhole.query.BlockView;
import org.constellation.blackhole.query.EvidencePlace;
import org.constellation.blackhole.query.EvidenceView;
import org.constellation.blackhole.query.HalfBlockView;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.blackhole.query.Page;
import org.constellation.blackhole.query.StarView;
import org.constellation.blackhole.query.TransactionPlace;
import org.constellation.blackhole.query.TransactionView;
import org.constellation.blackhole.query.TransactionView.LegView;
import org.constellation.blackhole.query.TransactionView.ReceiptView;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Answers from the tables. Every answer is of one moment: one read-only transaction, which soon
 * gives back its connection, since the blocks are written over the same pool.
 */
@Component
@Transactional(readOnly = true, timeout = LedgerQueries.SECONDS_MAX)
class JpaLedgerQueries implements LedgerQueries {

  private final Blocks blocks;
  private final HalfBlocks halfBlocks;
  private final LedgerTransactions transactions;
  private final Stars stars;
  private final Assets assets;
  private final EvidenceLog evidence;
  private final Receipts receipts;

  JpaLedgerQueries(
      Blocks blocks,
      HalfBlocks halfBlocks,
      LedgerTransactions transactions,
      Stars stars,
      Assets assets,
      EvidenceLog evidence,
      Receipts receipts) {
    this.blocks = blocks;
    this.halfBlocks = halfBlocks;
    this.transactions = transactions;
    this.stars = stars;
    this.assets = assets;
    this.evidence = evidence;
    this.receipts = receipts;
  }

  /** One more than asked for is read: its presence says that there is a next page. */
  private static <E, V> Page<V> page(
      List<E> found, int limit, Function<E, V> view, Function<E, String> key) {
    var shown = found.subList(0, Math.min(limit, found.size()));
    return new Page<>(
        shown.stream().map(view).toList(),
        found.size() > limit ? key.apply(shown.getLast()) : null);
  }

  private static Limit oneMoreThan(int limit) {
    return Limit.of(limit + 1);
  }

  @Override
  public Page<BlockView> blocks(long after, int limit) {
    var found = blocks.findByHeightGreaterThanOrderByHeight(after, oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, block -> Long.toString(block.height));
  }

  @Override
  public Optional<BlockView> block(long height) {
    return blocks.findByHeight(height).map(JpaLedgerQueries::view);
  }

  @Override
  public Optional<BlockView> latestBlock() {
    return blocks.findFirstByOrderByHeightDesc().map(JpaLedgerQueries::view);
  }

  private static BlockView view(BlockEntity block) {
    return new BlockView(
        block.height,
        hex(block.hash),
        hex(block.previous),
        block.era,
        block.timeMillis,
        block.tick,
        hex(block.stateRoot),
        block.halfBlocks,
        block.receipts,
        block.bytes);
  }

  @Override
  public Optional<HalfBlockView> halfBlock(Hash id) {
    return halfBlocks.byId(id.toBytes()).map(JpaLedgerQueries::view);
  }

  @Override
  public Page<HalfBlockView> halfBlocksOf(long height, Optional<Hash> after, int limit) {
    var found =
        halfBlocks.ofBlock(
            height, after.map(Hash::toBytes).orElse(new byte[0]), oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, halfBlock -> hex(halfBlock.id));
  }

  @Override
  public Page<HalfBlockView> chain(StarId star, long after, int limit) {
    var found = halfBlocks.chain(star.toBytes(), after, oneMoreThan(limit));
    return page(
        found, limit, JpaLedgerQueries::view, halfBlock -> Long.toString(halfBlock.sequence));
  }

  private static HalfBlockView view(HalfBlockEntity halfBlock) {
    var transaction = halfBlock.transaction;
    return new HalfBlockView(
        hex(halfBlock.id),
        star(halfBlock.star),
        halfBlock.sequence,
        halfBlock.height,
        halfBlock.kind,
        outcome(halfBlock.outcome),
        transaction == null ? null : hex(transaction));
  }

  @Override
  public Optional<TransactionView> transaction(Hash id) {
    return transactions
        .byId(id.toBytes())
        .map(
            found ->
                views(List.of(found))
                    .getFirst()
                    .with(
                        receipts
                            .about(id.toBytes(), Limit.of(TransactionView.RECEIPTS_MAX))
                            .stream()
                            .map(JpaLedgerQueries::view)
                            .toList()));
  }

  private static ReceiptView view(ReceiptEntity receipt) {
    return new ReceiptView(
        receipt.height, receipt.position, hex(receipt.subject), outcome(receipt.outcome));
  }

  @Override
  public Page<TransactionView> transactionsOf(StarId star, TransactionPlace after, int limit) {
    var id = after.transaction().toBytes();
    var both = new TreeMap<TransactionPlace, TransactionEntity>();
    // Each side along its own index: together the database would read all that the star ever did.
    for (var side :
        List.of(
            transactions.by(star.toBytes(), after.height(), id, oneMoreThan(limit)),
            transactions.offeredTo(star.toBytes(), after.height(), id, oneMoreThan(limit)))) {
      side.forEach(one -> both.put(place(one), one));
    }
    var found = both.values().stream().limit(limit + 1L).toList();
    var page = page(found, limit, one -> one, one -> place(one).toString());
    return new Page<>(views(page.items()), page.next());
  }

  private static TransactionPlace place(TransactionEntity one) {
    return new TransactionPlace(one.proposedHeight, Hash.of(one.id));
  }

  @Override
  public Page<TransactionView> transactionsMoving(AssetId asset, Optional<Hash> after, int limit) {
    var found =
        transactions.moving(
            asset.hash().toBytes(),
            after.map(Hash::toBytes).orElse(new byte[0]),
            oneMoreThan(limit));
    var page = page(found, limit, one -> one, one -> hex(one.id));
    return new Page<>(views(page.items()), page.next());
  }

  private List<TransactionView> views(List<TransactionEntity> found) {
    var legs = new HashMap<Hash, List<LegView>>();
    for (var leg : transactions.legs(found.stream().map(one -> one.id).toList())) {
      legs.computeIfAbsent(Hash.of(leg.transaction), _ -> new ArrayList<>())
          .add(
              new LegView(
                  star(leg.giver), star(leg.taker), asset(leg.asset), Long.toString(leg.amount)));
    }
    return found.stream().map(one -> view(one, legs)).toList();
  }

  private static TransactionView view(TransactionEntity one, Map<Hash, List<LegView>> legs) {
    return new TransactionView(
        hex(one.id),
        star(one.proposer),
        star(one.counterparty),
        legs.getOrDefault(Hash.of(one.id), List.of()),
        one.memo,
        one.validUntil,
        outcome(one.outcome),
        one.proposedHeight,
        one.decidedHeight,
        null);
  }

  @Override
  public Optional<StarView> star(StarId star) {
    return stars
        .byId(star.toBytes())
        .map(
            found ->
                new StarView(
                    star.toString(), found.home, found.sequence, hex(found.head), found.marked));
  }

  @Override
  public Page<BalanceView> balances(StarId star, Optional<AssetId> after, int limit) {
    var found =
        stars.balances(
            star.toBytes(),
            after.map(asset -> asset.hash().toBytes()).orElse(new byte[0]),
            oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, balance -> asset(balance.asset));
  }

  @Override
  public Page<BalanceView> holders(AssetId asset, Optional<StarId> after, int limit) {
    var found =
        stars.holders(
            asset.hash().toBytes(),
            after.map(StarId::toBytes).orElse(new byte[0]),
            oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, balance -> star(balance.star));
  }

  private static BalanceView view(BalanceEntity balance) {
    return new BalanceView(star(balance.star), asset(balance.asset), Long.toString(balance.amount));
  }

  @Override
  public Page<AssetView> assets(Optional<AssetId> after, int limit) {
    var found =
        assets.after(
            after.map(asset -> asset.hash().toBytes()).orElse(new byte[0]), oneMoreThan(limit));
    if (found.isEmpty()) {
      return new Page<>(List.of(), null);
    }
    var figures = new HashMap<Hash, AssetTotalEntity>();
    for (var row : assets.figures(found.getFirst().id, found.getLast().id)) {
      figures.put(Hash.of(row.asset), row);
    }
    return page(
        found,
        limit,
        one -> view(one, Optional.ofNullable(figures.get(Hash.of(one.id))).orElseThrow()),
        one -> asset(one.id));
  }

  @Override
  public boolean isDefined(AssetId asset) {
    return assets.byId(asset.hash().toBytes()).isPresent();
  }

  @Override
  public Optional<AssetView> asset(AssetId asset) {
    var id = asset.hash().toBytes();
    return assets
        .byId(id)
        .flatMap(found -> assets.figures(id).map(figures -> view(found, figures)));
  }

  private static AssetView view(AssetEntity one, AssetTotalEntity figures) {
    var issuer = StarId.of(one.issuer);
    return new AssetView(
        asset(one.id),
        issuer.equals(StarId.NOBODY) ? null : issuer.toString(),
        one.symbol,
        one.name,
        one.decimals,
        one.height,
        figures.held.add(figures.onHold).toString(),
        figures.onHold.toString(),
        figures.issued.toString(),
        figures.burnt.toString(),
        figures.difference().toString());
  }

  @Override
  public Page<EvidenceView> evidence(EvidencePlace after, int limit) {
    var found = evidence.after(after.height(), after.position(), oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, JpaLedgerQueries::place);
  }

  @Override
  public Page<EvidenceView> evidenceOf(long height, int after, int limit) {
    var found = evidence.ofBlock(height, after, oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, one -> Integer.toString(one.position));
  }

  @Override
  public Page<EvidenceView> evidenceAgainst(StarId star, EvidencePlace after, int limit) {
    var found =
        evidence.against(star.toBytes(), after.height(), after.position(), oneMoreThan(limit));
    return page(found, limit, JpaLedgerQueries::view, JpaLedgerQueries::place);
  }

  private static String place(EvidenceEntity one) {
    return new EvidencePlace(one.height, one.position).toString();
  }

  private static EvidenceView view(EvidenceEntity one) {
    return new EvidenceView(
        one.height, one.position, one.kind, hex(one.culprit), star(one.star), hex(one.bytes));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String star(byte[] bytes) {
    return StarId.of(bytes).toString();
  }

  private static String asset(byte[] bytes) {
    return LedgerNames.show(new AssetId(Hash.of(bytes)));
  }

  private static String outcome(int code) {
    return Outcome.of(code).map(Outcome::name).orElseThrow();
  }
}
