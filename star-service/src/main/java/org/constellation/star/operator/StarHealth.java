package org.constellation.star.operator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.ledger.Reader;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.StarWriter;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says in words what keeps the service from working, and in figures how it does. */
@Component("star")
class StarHealth implements HealthIndicator {

  private final StarWriter writer;
  private final Relay relay;
  private final LedgerSource ledger;
  private final List<Reader> readers;

  StarHealth(
      StarWriter writer,
      Relay relay,
      LedgerSource ledger,
      List<Reader> readers,
      MeterRegistry meters) {
    this.writer = writer;
    this.relay = relay;
    this.ledger = ledger;
    this.readers = readers;
    Gauge.builder("constellation.star.outbox.segments", relay, Relay::depth)
        .description("Segments without a galaxy receipt")
        .register(meters);
    Gauge.builder("constellation.star.outbox.oldest.seconds", relay, StarHealth::oldestSeconds)
        .description("How long the oldest of them has waited")
        .register(meters);
    Gauge.builder("constellation.star.joins", relay, Relay::joinsWaiting)
        .description("Stars that wait for a home")
        .register(meters);
    Gauge.builder("constellation.star.requests.waiting", writer, StarWriter::requestsWaiting)
        .description("Requests before the writer")
        .register(meters);
    Gauge.builder("constellation.star.height", writer, StarWriter::height)
        .description("Galaxy block whose receipts are stored")
        .register(meters);
  }

  private static double oldestSeconds(Relay relay) {
    return relay.oldest().map(Duration::toMillis).orElse(0L) / 1000.0;
  }

  @Override
  public Health health() {
    var reasons = new ArrayList<String>();
    var trouble = writer.trouble();
    if (trouble != null) {
      reasons.add(trouble);
    }
    ledger.trouble().ifPresent(reasons::add);
    readers.stream().map(Reader::trouble).filter(Objects::nonNull).forEach(reasons::add);
    var behind = writer.height() - ledger.state().height();
    if (behind > 0) {
      reasons.add("reading the ledger again: " + behind + " blocks to go");
    }
    var health = reasons.isEmpty() ? Health.up() : Health.down();
    if (!reasons.isEmpty()) {
      health.withDetail("reason", String.join("; ", reasons));
    }
    return health
        .withDetail("height", writer.height())
        .withDetail("tick", ledger.tick())
        .withDetail("outbox", relay.depth())
        .withDetail("oldest", relay.oldest().map(Duration::toString).orElse("none"))
        .withDetail("waitingForHome", relay.joinsWaiting())
        .build();
  }
}
