package org.constellation.local.services;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.constellation.platform.observe.LogContext;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One Spring context to start.
 *
 * @param name of the server, whose port it takes
 * @param application makes it
 * @param settings that go before all others
 */
record ServiceContext(
    String name, Supplier<SpringApplicationBuilder> application, Map<String, String> settings) {

  ServiceContext {
    settings = Map.copyOf(settings);
  }

  /** Starts it; what it logs meanwhile is marked with its name. */
  ConfigurableApplicationContext start() {
    var started = new ArrayList<ConfigurableApplicationContext>();
    LogContext.of(name, null, () -> started.add(application.get().run(arguments()))).run();
    return started.getFirst();
  }

  private String[] arguments() {
    List<String> words = new ArrayList<>();
    new TreeMap<>(settings).forEach((key, value) -> words.add("--" + key + "=" + value));
    return words.toArray(String[]::new);
  }
}
