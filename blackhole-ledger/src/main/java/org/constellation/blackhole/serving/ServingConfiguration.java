package org.constellation.blackhole.serving;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.blackhole.BlackholeProperties;
import org.constellation.blackhole.ledger.LedgerKeeper;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.blackhole.ledger.jdbc.JdbcLedgerTables;
import org.constellation.blackhole.proof.Proofs;
import org.constellation.blackhole.query.Exclusions;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.EndSource;
import org.constellation.platform.follow.FollowerHealth;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.snapshot.jdbc.JdbcSnapshots;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what follows, keeps and serves the ledger. */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {

  @Bean
  SigningKey serviceKey(BlackholeProperties properties) throws IOException {
    return MemberFiles.signingKey(properties.keyFile());
  }

  @Bean
  LedgerTables ledgerTables(JdbcTemplate jdbc) {
    return new JdbcLedgerTables(jdbc);
  }

  @Bean
  TransactionTemplate transactionTemplate(PlatformTransactionManager transactions) {
    return new TransactionTemplate(transactions);
  }

  @Bean
  LedgerKeeper ledgerKeeper(
      LedgerTables tables,
      TransactionTemplate transactions,
      Genesis genesis,
      MeterRegistry meters,
      Clock clock) {
    var keeper = new LedgerKeeper(tables, transactions, meters, clock);
    keeper.begin(genesis);
    return keeper;
  }

  @Bean(destroyMethod = "close")
  StoredWord storedWord(
      Genesis genesis,
      Topics topics,
      Transport transport,
      SigningKey key,
      LedgerKeeper keeper,
      Loops loops) {
    return new StoredWord(genesis, topics, transport, key, keeper, loops);
  }

  @Bean(destroyMethod = "close")
  Snapshots snapshots(
      Genesis genesis,
      SignatureVerifier verifier,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      LedgerKeeper keeper,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops) {
    return new Snapshots(
        BlackholeLedgerApplication.NAME,
        null,
        genesis,
        verifier,
        new JdbcSnapshots(jdbc, transactions),
        keeper::height,
        properties.snapshotBlocks(),
        meters,
        loops);
  }

  @Bean(destroyMethod = "close")
  LedgerFollower ledgerFollower(
      Genesis genesis,
      Snapshots snapshots,
      LedgerTables tables,
      LedgerKeeper keeper,
      StoredWord word,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops,
      Clock clock) {
    var members = new ArrayList<Bytes>();
    genesis
        .galaxy()
        .members()
        .forEach(member -> members.add(Bytes.copyOf(member.operationalKey().toBytes())));
    return new LedgerFollower(
        BlackholeLedgerApplication.NAME,
        null,
        new StoredChain(snapshots, tables, verifier).start(),
        topics,
        transport,
        key,
        verifier,
        members,
        List.of(keeper, word, snapshots),
        properties,
        meters,
        loops,
        clock);
  }

  @Bean(destroyMethod = "close")
  ForkWatch forkWatch(
      Genesis genesis,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      LedgerTables tables,
      LedgerFollower follower,
      Loops loops) {
    return new ForkWatch(
        genesis, topics, transport, key, verifier, tables, follower::latestState, loops);
  }

  @Bean
  Proofs proofs(LedgerTables tables, LedgerFollower follower) {
    return new Proofs(tables, follower::latestState);
  }

  @Bean
  Exclusions exclusions(LedgerFollower follower) {
    return new Exclusions(follower::latestState);
  }

  @Bean
  FollowerHealth ledgerHealth(LedgerFollower follower) {
    return new FollowerHealth(follower);
  }

  @Bean(destroyMethod = "close")
  BlockServer blockServer(
      Genesis genesis,
      LedgerTables tables,
      Snapshots snapshots,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      MeterRegistry meters,
      Clock clock) {
    return new BlockServer(
        BlackholeLedgerApplication.NAME,
        genesis.network(),
        BlockServer.KEEPERS,
        new StoredBlocks(tables),
        snapshots,
        EndSource.NONE,
        topics,
        transport,
        key,
        verifier,
        meters,
        clock);
  }
}
