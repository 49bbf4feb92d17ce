package org.constellation.blackhole.ledger.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.constellation.blackhole.ledger.BlockReading.Parties;
import org.constellation.blackhole.ledger.BlockRows;
import org.constellation.blackhole.ledger.BlockRows.AssetRow;
import org.constellation.blackhole.ledger.BlockRows.BalanceRow;
import org.constellation.blackhole.ledger.BlockRows.DecisionRow;
import org.constellation.blackhole.ledger.BlockRows.EvidenceRow;
import org.constellation.blackhole.ledger.BlockRows.ProposalRow;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;

/**
 * The tables of {@code db/blackhole}, written with batches that the driver turns into few
 * statements of many rows.
 */
public final class JdbcLedgerTables implements LedgerTables {

  private static final int BATCH = 1_000;

  private final JdbcTemplate jdbc;
  private final AssetTotals totals;

  /** Works in the transaction of its caller. */
  public JdbcLedgerTables(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.totals = new AssetTotals(jdbc);
  }

  @Override
  public void begin(Genesis genesis) {
    var no0s = AssetId.NO0S.hash().toBytes();
    jdbc.update(
        "insert into asset values (?, ?, 'no0s', 'Constellation''s token', 0, 0)"
            + " on conflict do nothing",
        no0s,
        StarId.NOBODY.toBytes());
    var issued = genesis.stars().stream().mapToLong(Genesis.GenesisStar::balance).sum();
    jdbc.update("insert into genesis_issue values (?, ?) on conflict do nothing", no0s, issued);
    batch(
        "insert into star values (?, ?, 0, ?, false) on conflict do nothing",
        genesis.stars(),
        (statement, star) -> {
          statement.setBytes(1, star.star().toBytes());
          statement.setInt(2, star.home());
          statement.setBytes(3, Hash.ZERO.toBytes());
        });
    batch(
        "insert into balance values (?, ?, ?) on conflict do nothing",
        genesis.stars().stream().filter(star -> star.balance() > 0).toList(),
        (statement, star) -> {
          statement.setBytes(1, star.star().toBytes());
          statement.setBytes(2, no0s);
          statement.setLong(3, star.balance());
        });
    jdbc.update(
        "insert into asset_total values (?, ?, 0, ?, 0) on conflict do nothing",
        no0s,
        issued,
        issued);
  }

  @Override
  public Optional<Stored> newest() {
    return jdbc
        .query(
            "select height, hash, encoded from block join block_content using (height)"
                + " order by height desc limit 1",
            JdbcLedgerTables::stored)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Stored> block(long height) {
    return jdbc
        .query(
            "select height, hash, encoded from block join block_content using (height)"
                + " where height = ?",
            JdbcLedgerTables::stored,
            height)
        .stream()
        .findFirst();
  }

  private static Stored stored(ResultSet row, int number) throws SQLException {
    return new Stored(
        row.getLong("height"),
        Hash.of(row.getBytes("hash")),
        Bytes.copyOf(row.getBytes("encoded")));
  }

  @Override
  public Optional<Settlement> settlement(Hash transaction) {
    return jdbc
        .query(
            "select t.proposed_height, h.height as agreed_height, t.decided_height, t.agreement"
                + " from transaction t join half_block h on h.id = t.agreement"
                + " where t.id = ? and t.outcome = 2",
            (row, _) ->
                new Settlement(
                    row.getLong("proposed_height"),
                    row.getLong("agreed_height"),
                    row.getLong("decided_height"),
                    Hash.of(row.getBytes("agreement"))),
            new Object[] {transaction.toBytes()})
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Accusation> accusation(long height, int position) {
    return jdbc
        .query(
            "select culprit, bytes from evidence where height = ? and position = ?",
            (row, _) ->
                new Accusation(
                    PublicKey.of(row.getBytes("culprit")), Bytes.copyOf(row.getBytes("bytes"))),
            height,
            position)
        .stream()
        .findFirst();
  }

  @Override
  public Optional<Placed> placed(StarId star, long sequence) {
    return jdbc
        .query(
            "select id, height from half_block where star = ? and sequence = ?",
            (row, _) -> new Placed(Hash.of(row.getBytes("id")), row.getLong("height")),
            star.toBytes(),
            sequence)
        .stream()
        .findFirst();
  }

  @Override
  public Map<Hash, Parties> parties(Set<Hash> transactions) {
    var ids = transactions.stream().map(Hash::toBytes).toArray(byte[][]::new);
    var legs = new HashMap<Hash, List<Leg>>();
    var ends = new HashMap<Hash, Parties>();
    jdbc.query(
        "select t.id, t.proposer, t.counterparty, l.giver, l.asset, l.amount"
            + " from transaction t join leg l on l.transaction = t.id where t.id = any (?)",
        statement -> statement.setArray(1, array(statement, "bytea", ids)),
        row -> {
          var id = Hash.of(row.getBytes("id"));
          var proposer = StarId.of(row.getBytes("proposer"));
          var direction =
              StarId.of(row.getBytes("giver")).equals(proposer)
                  ? Leg.Direction.GIVE
                  : Leg.Direction.TAKE;
          legs.computeIfAbsent(id, _ -> new ArrayList<>())
              .add(
                  new Leg(
                      direction,
                      new AssetId(Hash.of(row.getBytes("asset"))),
                      row.getLong("amount")));
          ends.put(id, new Parties(proposer, StarId.of(row.getBytes("counterparty")), List.of()));
        });
    var parties = new HashMap<Hash, Parties>();
    ends.forEach(
        (id, end) ->
            parties.put(
                id,
                new Parties(end.proposer(), end.counterparty(), legs.getOrDefault(id, List.of()))));
    return parties;
  }

  @Override
  public void write(BlockRows rows) {
    var header = rows.header();
    var height = header.height();
    jdbc.update(
        "insert into block values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        height,
        header.hash().toBytes(),
        header.previous().toBytes(),
        header.era(),
        header.timeMillis(),
        header.tick(),
        header.stateRoot().toBytes(),
        header.halfBlocks(),
        rows.receipts().size(),
        rows.encoded().length());
    jdbc.update("insert into block_content values (?, ?)", height, rows.encoded().toArray());
    totals.take(rows);
    writeReceipts(rows, height);
    writeHalfBlocks(rows, height);
    writeProposals(rows.proposals(), height);
    writeDecisions(rows.decisions(), height);
    writeAssets(rows.assets(), height);
    writeStars(rows);
    writeBalances(rows.balances());
    writeEvidence(rows.evidence(), height);
    totals.give(rows);
  }

  private void writeReceipts(BlockRows rows, long height) {
    var positions = new int[1];
    batch(
        "insert into receipt values (?, ?, ?, ?, ?)",
        rows.receipts(),
        (statement, receipt) -> {
          statement.setLong(1, height);
          statement.setInt(2, positions[0]++);
          statement.setBytes(3, receipt.subject().toBytes());
          statement.setInt(4, receipt.outcome().code());
          statement.setBytes(5, orNull(receipt.transaction()));
        });
  }

  private void writeHalfBlocks(BlockRows rows, long height) {
    batch(
        "insert into half_block values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
        rows.halfBlocks(),
        (statement, row) -> {
          var halfBlock = row.halfBlock();
          statement.setBytes(1, halfBlock.id().toBytes());
          statement.setBytes(2, halfBlock.star().toBytes());
          statement.setLong(3, halfBlock.sequence());
          statement.setLong(4, height);
          statement.setString(5, kindOf(halfBlock.body()));
          statement.setInt(6, row.receipt().outcome().code());
          statement.setBytes(7, orNull(row.receipt().transaction()));
          statement.setBytes(8, halfBlock.bytes().toArray());
        });
  }

  private void writeProposals(List<ProposalRow> proposals, long height) {
    batch(
        "insert into transaction values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
        proposals,
        (statement, row) -> {
          statement.setBytes(1, row.halfBlock().id().toBytes());
          statement.setBytes(2, row.halfBlock().star().toBytes());
          statement.setBytes(3, row.proposal().counterparty().toBytes());
          statement.setLong(4, row.proposal().validUntil());
          statement.setString(5, memoOf(row.proposal()));
          statement.setInt(6, row.outcome().code());
          statement.setLong(7, height);
          if (row.outcome() == Outcome.HELD) {
            statement.setNull(8, java.sql.Types.BIGINT);
          } else {
            statement.setLong(8, height);
          }
        });
    record LegRow(ProposalRow of, int position, Leg leg) {}
    var legs = new ArrayList<LegRow>();
    for (var row : proposals) {
      var position = 0;
      for (var leg : row.proposal().legs()) {
        legs.add(new LegRow(row, position++, leg));
      }
    }
    batch(
        "insert into leg values (?, ?, ?, ?, ?, ?) on conflict do nothing",
        legs,
        (statement, row) -> {
          var proposer = row.of().halfBlock().star();
          var counterparty = row.of().proposal().counterparty();
          var gives = row.leg().direction() == Leg.Direction.GIVE;
          statement.setBytes(1, row.of().halfBlock().id().toBytes());
          statement.setInt(2, row.position());
          statement.setBytes(3, (gives ? proposer : counterparty).toBytes());
          statement.setBytes(4, (gives ? counterparty : proposer).toBytes());
          statement.setBytes(5, row.leg().asset().hash().toBytes());
          statement.setLong(6, row.leg().amount());
        });
  }

  private void writeDecisions(List<DecisionRow> decisions, long height) {
    if (decisions.isEmpty()) {
      return;
    }
    jdbc.update(
        "update transaction t set outcome = d.outcome, decided_height = ?,"
            + " agreement = case when d.outcome = 2 then d.subject end"
            + " from unnest(?, ?, ?) as d (id, outcome, subject) where t.id = d.id",
        statement -> {
          statement.setLong(1, height);
          statement.setArray(
              2,
              array(
                  statement,
                  "bytea",
                  decisions.stream().map(d -> d.transaction().toBytes()).toArray(byte[][]::new)));
          statement.setArray(
              3,
              array(
                  statement,
                  "integer",
                  decisions.stream().map(d -> d.outcome().code()).toArray(Integer[]::new)));
          statement.setArray(
              4,
              array(
                  statement,
                  "bytea",
                  decisions.stream().map(d -> d.subject().toBytes()).toArray(byte[][]::new)));
        });
  }

  private void writeAssets(List<AssetRow> assets, long height) {
    batch(
        "insert into asset values (?, ?, ?, ?, ?, ?)",
        assets,
        (statement, row) -> {
          statement.setBytes(1, row.asset().hash().toBytes());
          statement.setBytes(2, row.issuer().toBytes());
          statement.setString(3, row.definition().symbol());
          statement.setString(4, storable(row.definition().name()));
          statement.setInt(5, row.definition().decimals());
          statement.setLong(6, height);
        });
  }

  private void writeStars(BlockRows rows) {
    batch(
        "insert into star values (?, ?, ?, ?, ?) on conflict (star) do update set"
            + " home = excluded.home, sequence = excluded.sequence, head = excluded.head,"
            + " marked = excluded.marked",
        rows.stars(),
        (statement, row) -> {
          statement.setBytes(1, row.star().toBytes());
          statement.setInt(2, row.state().home());
          statement.setLong(3, row.state().sequence());
          statement.setBytes(4, row.state().head().toBytes());
          statement.setBoolean(5, row.state().forked());
        });
  }

  private void writeBalances(List<BalanceRow> balances) {
    batch(
        "insert into balance values (?, ?, ?)"
            + " on conflict (star, asset) do update set amount = excluded.amount",
        balances,
        (statement, row) -> {
          statement.setBytes(1, row.star().toBytes());
          statement.setBytes(2, row.asset().hash().toBytes());
          statement.setLong(3, row.amount());
        });
  }

  private void writeEvidence(List<EvidenceRow> evidence, long height) {
    batch(
        "insert into evidence values (?, ?, ?, ?, ?, ?)",
        evidence,
        (statement, row) -> {
          statement.setLong(1, height);
          statement.setInt(2, row.position());
          statement.setString(3, row.kind());
          statement.setBytes(4, row.culprit().toArray());
          statement.setBytes(5, row.encoded().toArray());
          statement.setBytes(6, row.star().toBytes());
        });
  }

  private <T> void batch(
      String sql, Collection<T> rows, ParameterizedPreparedStatementSetter<T> setter) {
    if (!rows.isEmpty()) {
      jdbc.batchUpdate(sql, rows, BATCH, setter);
    }
  }

  static java.sql.Array array(PreparedStatement statement, String type, Object[] values)
      throws SQLException {
    return statement.getConnection().createArrayOf(type, values);
  }

  private static byte @Nullable [] orNull(Hash hash) {
    return hash.equals(Hash.ZERO) ? null : hash.toBytes();
  }

  /** The name of a half-block's kind in tables and answers. */
  static String kindOf(Body body) {
    return switch (body) {
      case Body.Proposal _ -> "proposal";
      case Body.Agreement _ -> "agreement";
      case Body.Refusal _ -> "refusal";
      case Body.Cancellation _ -> "cancellation";
      case Body.AssetDefinition _ -> "asset-definition";
      case Body.ContractRegistration _ -> "contract-registration";
      case Body.CompositionRegistration _ -> "composition-registration";
      case Body.KeyChange _ -> "key-change";
    };
  }

  private static String memoOf(Body.Proposal proposal) {
    return switch (proposal.purpose()) {
      case Body.Memo(var text) -> storable(text);
      case Body.ContractCall(var method, _) -> "call " + storable(method);
    };
  }

  /** PostgreSQL's texts hold every character but one, which stars may well write. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
