package org.constellation.platform.observe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.HexFormat;
import java.util.List;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TransactionTrailTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(TransactionTrail.LOGGER);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void forget() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void leavesALineWithTheWholeIdOnceItIsOn() {
    var id = TestNetwork.hashOf("transaction");
    var receipts =
        List.of(
            new Receipt(TestNetwork.hashOf("half-block"), Outcome.SETTLED, id),
            new Receipt(TestNetwork.hashOf("notice"), Outcome.RECORDED, Hash.ZERO));
    logger.setLevel(Level.INFO);
    TransactionTrail.receipted(receipts, "executed", 7);
    assertThat(lines.list).isEmpty();

    logger.setLevel(Level.DEBUG);
    TransactionTrail.receipted(receipts, "executed", 7);
    assertThat(lines.list).hasSize(1);
    var line = lines.list.getFirst();
    assertThat(line.getFormattedMessage()).isEqualTo("executed SETTLED at 7");
    assertThat(line.getKeyValuePairs())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.key).isEqualTo(TransactionTrail.TRANSACTION);
              assertThat(pair.value).isEqualTo(HexFormat.of().formatHex(id.toBytes()));
            });
  }
}
