package org.constellation.blackhole.serving;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.blackhole.BlackholeProperties;
import org.constellation.blackhole.ledger.LedgerKeeper;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.blackhole.ledger.jdbc.JdbcLedgerTables;
import org.constellation.blackhole.proof.Proofs;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.follow.FollowerHealth;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts together what follows, keeps and serves the ledger. */
@Configuration(proxyBeanMethods = false)
class ServingConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(ServingConfiguration.class);

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
      Genesis genesis, Topics topics, Transport transport, SigningKey key, LedgerKeeper keeper) {
    return new StoredWord(genesis, topics, transport, key, keeper);
  }

  @Bean(destroyMethod = "close")
  LedgerFollower ledgerFollower(
      Genesis genesis,
      LedgerTables tables,
      LedgerKeeper keeper,
      StoredWord word,
      Topics topics,
      Transport transport,
      SigningKey key,
      Ed25519 verifier,
      FollowerProperties properties,
      MeterRegistry meters,
      Clock clock) {
    var members = new ArrayList<Bytes>();
    genesis
        .galaxy()
        .members()
        .forEach(member -> members.add(Bytes.copyOf(member.operationalKey().toBytes())));
    return new LedgerFollower(
        BlackholeLedgerApplication.NAME,
        new StoredChain(genesis, tables, verifier).start(),
        topics,
        transport,
        key,
        verifier,
        members,
        List.of(keeper, word),
        properties,
        meters,
        clock);
  }

  @Bean
  Proofs proofs(LedgerTables tables, LedgerFollower follower) {
    return new Proofs(tables, follower::latestState);
  }

  @Bean
  FollowerHealth ledgerHealth(LedgerFollower follower) {
    return new FollowerHealth(follower);
  }

  /** Nothing while the database is away: whoever pulls asks again. */
  private static Optional<BlockSource.Stored> stored(LedgerTables tables, long height) {
    try {
      return tables
          .block(height)
          .map(stored -> new BlockSource.Stored(stored.hash(), stored.encoded()));
    } catch (DataAccessException e) {
      LOG.warn("Block {} cannot be read to be handed out: {}", height, e.getMessage());
      return Optional.empty();
    }
  }

  @Bean(destroyMethod = "close")
  BlockServer blockServer(
      Genesis genesis,
      LedgerTables tables,
      Topics topics,
      Transport transport,
      SigningKey key,
      Ed25519 verifier,
      MeterRegistry meters,
      Clock clock) {
    return new BlockServer(
        BlackholeLedgerApplication.NAME,
        genesis.network(),
        BlockServer.KEEPERS,
        height -> stored(tables, height),
        topics,
        transport,
        key,
        verifier,
        meters,
        clock);
  }
}
