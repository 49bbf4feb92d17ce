package org.constellation.blackhole.ledger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.blackhole.ledger.jdbc.JdbcLedgerTables;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.snapshot.jdbc.JdbcSnapshots;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.testsupport.RealPostgres;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger's tables in a database of their own. */
final class TestTables implements AutoCloseable {

  private static final List<String> NAMES =
      List.of(
          "block",
          "block_content",
          "half_block",
          "receipt",
          "transaction",
          "leg",
          "asset",
          "star",
          "balance",
          "evidence",
          "genesis_issue",
          "asset_total");

  private final SingleConnectionDataSource connection;

  /** Snapshots are written on a thread of their own. */
  private final SingleConnectionDataSource snapshotConnection;

  private final JdbcTemplate jdbc;
  private final LedgerTables tables;
  private final LedgerKeeper keeper;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  TestTables() {
    var database = RealPostgres.freshDatabase(TestTables.class);
    Flyway.configure()
        .dataSource(database.dataSource())
        .defaultSchema("blackhole")
        .locations("classpath:db/blackhole")
        .load()
        .migrate();
    var url =
        database.jdbcUrl() + "?user=postgres&currentSchema=blackhole&reWriteBatchedInserts=true";
    connection = new SingleConnectionDataSource(url, true);
    snapshotConnection = new SingleConnectionDataSource(url, true);
    jdbc = new JdbcTemplate(connection);
    tables = new JdbcLedgerTables(jdbc);
    keeper =
        new LedgerKeeper(
            tables,
            new TransactionTemplate(new JdbcTransactionManager(connection)),
            meters,
            Clock.systemUTC());
  }

  LedgerTables tables() {
    return tables;
  }

  /** How many receipts were counted. */
  double receipts(Outcome outcome) {
    return meters.get(LedgerKeeper.RECEIPTS).tag("code", outcome.name()).counter().count();
  }

  LedgerKeeper keeper() {
    return keeper;
  }

  /** A snapshot after every so many blocks. */
  Snapshots snapshots(Genesis genesis, int blocksMax) {
    return new Snapshots(
        "test",
        null,
        genesis,
        Ed25519.best(),
        new JdbcSnapshots(
            new JdbcTemplate(snapshotConnection),
            new TransactionTemplate(new JdbcTransactionManager(snapshotConnection))),
        keeper::height,
        blocksMax,
        new SimpleMeterRegistry(),
        new ThreadLoops("test"));
  }

  JdbcTemplate jdbc() {
    return jdbc;
  }

  /** Everything that is stored, as text. */
  Map<String, List<@Nullable String>> dump() {
    var dump = new TreeMap<String, List<@Nullable String>>();
    for (var name : NAMES) {
      dump.put(
          name, jdbc.queryForList("select t::text from " + name + " t order by 1", String.class));
    }
    return dump;
  }

  /** CONSERVATION by its query. */
  List<@Nullable BigDecimal> differences() {
    return jdbc.queryForList("select difference from conservation", BigDecimal.class);
  }

  @Override
  public void close() {
    connection.destroy();
    snapshotConnection.destroy();
  }
}
