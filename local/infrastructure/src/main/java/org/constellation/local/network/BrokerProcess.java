package org.constellation.local.network;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.constellation.local.broker.KafkaBroker;
import org.constellation.local.process.ChildCommand;

/** The broker as a process of its own: runs until it is told to end. */
public final class BrokerProcess {

  private static final String HEAP = "-Xmx384m";

  private BrokerProcess() {}

  static ChildCommand command(
      Installation installation,
      DataDirectory data,
      BrokerAddress address,
      int port,
      int controllerPort) {
    return new ChildCommand(
        LocalNetwork.BROKER,
        installation.jvm(
            installation.infrastructure(),
            List.of(HEAP, "-XX:+UseSerialGC"),
            BrokerProcess.class.getName(),
            List.of(
                data.broker().toString(),
                Integer.toString(port),
                Integer.toString(controllerPort),
                address.host(),
                Integer.toString(address.port()))),
        Map.of());
  }

  /**
   * Arguments: the broker's directory, the port for clients, the port for its own metadata, and
   * host and port where others find it.
   */
  public static void main(String[] args) throws IOException {
    InfrastructureLog.quieten();
    var controllerPort = Integer.parseInt(args[2]);
    var address = new BrokerAddress(args[3], Integer.parseInt(args[4]));
    var broker =
        KafkaBroker.start(
            Path.of(args[0]),
            Integer.parseInt(args[1]),
            controllerPort,
            address.settings(controllerPort));
    Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "stop-broker"));
    broker.awaitStop();
  }
}
