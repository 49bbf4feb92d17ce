package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A reader of events that vanishes is nobody's alarm, and holds up nothing. */
@ExtendWith(OutputCaptureExtension.class)
class LostListenerTest {

  @Test
  void writesNoErrorWhenAListenerGoesAwayAndStopsWithoutWaitingForOthers(CapturedOutput output)
      throws Exception {
    try (var network = RunningNetwork.start(LostListenerTest.class)) {
      var alice = network.fundedStar(100);
      var bob = network.openStar();
      listenTo(network, bob).close();
      try (var staying = listenTo(network, bob)) {
        for (var i = 0; i < 4; i++) {
          network.awaitStatus(network.pay(alice, bob.id(), 1), "FINAL");
        }
        assertThat(staying.getInputStream().available()).isPositive();
        network.stopService();
      }
    }
    assertThat(output.toString())
        .doesNotContain(" ERROR ")
        .doesNotContain("Graceful shutdown aborted");
  }

  private static Socket listenTo(RunningNetwork network, RunningNetwork.Star star)
      throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), network.port());
    socket.setSoLinger(true, 0);
    socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    socket
        .getOutputStream()
        .write(
            ("GET /api/stars/"
                    + star.id()
                    + "/events HTTP/1.1\r\nHost: localhost\r\n"
                    + "Last-Event-ID: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    assertThat(socket.getInputStream().read()).isEqualTo('H');
    return socket;
  }
}
