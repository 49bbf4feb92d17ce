package org.constellation.star;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.security.MasterKey;
import org.constellation.platform.security.SecretFile;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.snapshot.jdbc.JdbcSnapshots;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.envelope.Committee;
import org.constellation.star.account.AccountOpening;
import org.constellation.star.account.Custody;
import org.constellation.star.account.MasterKeyCustody;
import org.constellation.star.feed.Listeners;
import org.constellation.star.ledger.FollowedLedger;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.ledger.Reader;
import org.constellation.star.relay.Channels;
import org.constellation.star.relay.EnvelopeChannels;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Keys;
import org.constellation.star.writer.StarWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts the service together. What starts when is {@link StarRuntime}'s business. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class StarConfiguration {

  @Bean
  Custody custody(MasterKey masterKey) {
    return new MasterKeyCustody(masterKey);
  }

  @Bean
  Keys keys(Custody custody, SignatureScheme scheme) {
    return new Keys(custody, scheme);
  }

  @Bean
  AccountOpening accountOpening(
      Custody custody, SignatureScheme scheme, LedgerView ledger, Clock clock) {
    return new AccountOpening(custody, scheme, ledger, new SecureRandom(), clock);
  }

  @Bean
  Listeners listeners(StarProperties properties) {
    return new Listeners(properties.listenersMax());
  }

  @Bean
  Snapshots snapshots(
      Genesis genesis,
      SignatureScheme scheme,
      JdbcTemplate jdbc,
      TransactionTemplate transactions,
      Books books,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops) {
    return new Snapshots(
        "star-service",
        null,
        genesis,
        scheme,
        new JdbcSnapshots(jdbc, transactions),
        () -> books.position().height(),
        properties.snapshotBlocks(),
        meters,
        loops);
  }

  @Bean
  LedgerSource ledgerSource(
      Genesis genesis,
      Snapshots snapshots,
      Books books,
      Topics topics,
      Transport transport,
      SignatureScheme scheme,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops,
      Clock clock) {
    var key = scheme.generate(new SecureRandom());
    return new FollowedLedger(
        genesis,
        snapshots,
        books.position().height(),
        topics,
        transport,
        key,
        scheme,
        properties,
        meters,
        loops,
        clock);
  }

  @Bean
  Channels channels(EnvelopePublisher publisher, Topics topics) {
    return new EnvelopeChannels(publisher, topics);
  }

  @Bean
  Relay relay(Channels channels, LedgerView ledger, Loops loops) {
    return new Relay(channels, ledger, loops);
  }

  @Bean
  AfterCommit afterCommit(
      Relay relay, Books books, Listeners listeners, MeterRegistry meters, Clock clock) {
    return new TransactionTimes(new Announcements(relay, books, listeners), meters, clock);
  }

  @Bean
  StarWriter starWriter(
      Books books,
      LedgerView ledger,
      Keys keys,
      AfterCommit afterCommit,
      StarProperties properties,
      Relay relay,
      Loops loops,
      Clock clock) {
    return new StarWriter(
        books,
        ledger,
        keys,
        afterCommit,
        new StarWriter.Limits(
            properties.requestsMax(),
            properties.newsMax(),
            properties.batchMax(),
            properties.gather(),
            properties.partiesMax(),
            properties.transactionsMax(),
            properties.backlogMax()),
        () -> relay.depth() + relay.joinsWaiting(),
        loops,
        clock);
  }

  /** Started and closed by {@link StarRuntime}. */
  @Bean(destroyMethod = "")
  StarNode starNode(
      AfterCommit afterCommit,
      StarWriter writer,
      Relay relay,
      LedgerSource ledger,
      List<Reader> readers) {
    return new StarNode(afterCommit, writer, relay, ledger, readers);
  }

  @Bean
  EnvelopePublisher envelopePublisher(
      Transport transport, Genesis genesis, SignatureScheme scheme, StarProperties properties)
      throws IOException {
    var file = properties.serviceKeyFile();
    var key =
        file == null
            ? scheme.generate(new SecureRandom())
            : scheme.signingKey(SecretFile.read(file));
    var committee = new Committee(Committee.Layer.STAR, 0);
    return transport.publisher(new Sender(genesis.network(), committee, 0, key));
  }
}
