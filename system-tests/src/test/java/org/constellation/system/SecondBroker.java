package org.constellation.system;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The like of a network's broker, on a directory and ports of its own, until it is closed. */
final class SecondBroker implements AutoCloseable {

  private static final String NAME = "second-broker";
  private static final String PROGRAM = ".BrokerProcess";

  private final Platform platform;
  private final String address;

  SecondBroker(Platform platform) throws IOException {
    var port = freePort();
    var command = new ArrayList<>(platform.commandOf("broker"));
    var program = command.stream().filter(word -> word.endsWith(PROGRAM)).findFirst().orElseThrow();
    var arguments = command.subList(command.indexOf(program) + 1, command.size());
    arguments.set(0, platform.data().resolve(NAME).toString());
    arguments.set(1, Integer.toString(port));
    arguments.set(2, Integer.toString(freePort()));
    platform.add(NAME, "broker", command);
    platform.run("start", NAME).expectSuccess();
    this.platform = platform;
    this.address = "127.0.0.1:" + port;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  String address() {
    return address;
  }

  /** A process's command, with this broker in the first one's place. */
  List<String> instead(List<String> command) {
    return command.stream().map(word -> word.replace(platform.brokerAddress(), address)).toList();
  }

  @Override
  public void close() throws IOException {
    platform.remove(NAME);
  }
}
