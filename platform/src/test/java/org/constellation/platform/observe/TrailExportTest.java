package org.constellation.platform.observe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.constellation.platform.TestNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Against a receiver of the protocol that keeps what it gets. */
class TrailExportTest {

  private final Map<String, String> received = new ConcurrentHashMap<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(TransactionTrail.LOGGER);
  private HttpServer collector;
  private String endpoint;

  @BeforeEach
  void collect() throws Exception {
    logger.setLevel(Level.INFO);
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
          received.merge(exchange.getRequestURI().getPath(), body, String::concat);
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
  }

  @AfterEach
  void stop() {
    collector.stop(0);
    logger.setLevel(null);
  }

  @Test
  void sendsEveryStepOfTheServiceUnderATraceMadeOfTheTransactionsId() {
    var id = TestNetwork.hashOf("a payment");
    var trace = new String(Arrays.copyOf(id.toBytes(), 16), ISO_8859_1);
    contexts()
        .withPropertyValues("constellation.trail.endpoint=" + endpoint)
        .run(
            context -> {
              assertThat(TransactionTrail.isOn()).isTrue();
              LogContext.of("one", "galaxy-2", () -> TransactionTrail.passed(id, "executed", 7))
                  .run();
              LogContext.of("another", null, () -> TransactionTrail.passed(id, "stored", 7)).run();
            });
    await()
        .untilAsserted(
            () ->
                assertThat(received.values())
                    .singleElement()
                    .asString()
                    .contains(trace, "service.name", "one", "executed", "galaxy-2")
                    .doesNotContain("stored"));
    assertThat(TransactionTrail.isOn()).isFalse();
  }

  @Test
  void isOffUnlessItIsTold() {
    contexts()
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(TrailExport.class);
              assertThat(TransactionTrail.isOn()).isFalse();
            });
  }

  private static ApplicationContextRunner contexts() {
    return new ApplicationContextRunner()
        .withUserConfiguration(TrailConfiguration.class)
        .withPropertyValues("spring.application.name=one");
  }
}
