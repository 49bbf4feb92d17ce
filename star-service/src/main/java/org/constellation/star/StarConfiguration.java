package org.constellation.star;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import org.constellation.platform.security.MasterKey;
import org.constellation.platform.security.SecretFile;
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
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.relay.Channels;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Keys;
import org.constellation.star.writer.StarWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

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
  Relay relay(Channels channels, LedgerView ledger) {
    return new Relay(channels, ledger, System::nanoTime);
  }

  @Bean
  AfterCommit afterCommit(Relay relay, Books books, Listeners listeners) {
    return new Announcements(relay, books, listeners);
  }

  @Bean
  StarWriter starWriter(
      Books books,
      LedgerView ledger,
      Keys keys,
      AfterCommit afterCommit,
      StarProperties properties,
      Relay relay,
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
        clock);
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
