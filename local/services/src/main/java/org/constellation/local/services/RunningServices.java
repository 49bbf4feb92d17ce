package org.constellation.local.services;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.constellation.platform.hosting.Hosting;
import org.springframework.context.ConfigurableApplicationContext;

/** The contexts that run in this JVM, by name. */
final class RunningServices implements AutoCloseable {

  /** More threads than processors would only wait for each other. */
  private static final int STARTING_AT_ONCE = 2;

  private final Map<String, ConfigurableApplicationContext> contexts;

  private RunningServices(Map<String, ConfigurableApplicationContext> contexts) {
    this.contexts = contexts;
  }

  /**
   * Starts all, some at the same time. If one fails, none goes on.
   *
   * @throws IllegalStateException if one does not start
   */
  static RunningServices start(List<ServiceContext> wanted) throws InterruptedException {
    var running = new RunningServices(new TreeMap<>());
    // Tomcat takes the first server's directory for the home of all in a JVM. It is gone with that
    // server, and of two that then make it anew at once one fails.
    System.setProperty("catalina.home", System.getProperty("java.io.tmpdir"));
    try (var starters = Executors.newFixedThreadPool(STARTING_AT_ONCE)) {
      var starting = new ArrayList<Future<ConfigurableApplicationContext>>();
      wanted.forEach(one -> starting.add(starters.submit(one::start)));
      for (var index = 0; index < wanted.size(); index++) {
        running.contexts.put(wanted.get(index).name(), starting.get(index).get());
      }
      return running;
    } catch (ExecutionException e) {
      running.close();
      throw new IllegalStateException("not all services started", e.getCause());
    }
  }

  /** A context that was started. */
  ConfigurableApplicationContext context(String name) {
    var context = contexts.get(name);
    if (context == null) {
      throw new IllegalArgumentException(name + " does not run here");
    }
    return context;
  }

  @Override
  public void close() {
    Hosting.close(contexts.values());
  }
}
