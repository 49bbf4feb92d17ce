package org.constellation.gateway;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** A front door that is about to open, on ports of its own. */
final class Door {

  private final List<String> settings =
      new ArrayList<>(
          List.of("--server.port=0", "--server.address=127.0.0.1", "--management.server.port=0"));

  /** Told this, too, each as {@code --name=value}. */
  Door told(String... more) {
    settings.addAll(List.of(more));
    return this;
  }

  /** Before a service's only server. */
  Door before(String service, String address) {
    return before(service, 0, service, address);
  }

  /** Before one of a service's servers, which says at its one address how it is, too. */
  Door before(String service, int index, String name, String address) {
    var property = "--constellation.gateway.upstreams." + service + "[" + index + "]";
    return told(
        property + ".name=" + name,
        property + ".address=" + address,
        property + ".management=" + address);
  }

  ConfigurableApplicationContext open() {
    return ContractGatewayApplication.application().run(settings.toArray(String[]::new));
  }
}
