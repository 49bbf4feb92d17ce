package org.constellation.local.services;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.observe.PlatformDefaults;
import org.constellation.platform.provision.NetworkFiles;
import org.constellation.platform.provision.NetworkPlan;
import org.constellation.platform.provision.Provisioning;
import org.constellation.platform.provision.Tokens;
import org.constellation.protocol.block.Genesis;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationStartingEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.StandardEnvironment;

/**
 * Runs services of a local network. System properties say which, and where everything is: {@code
 * constellation.services} ({@code all}, {@code provision}, {@code tokens}, one service, one member
 * as {@code facilitator-N} or {@code galaxy-N}, or work of an {@link OrganisationWork
 * organisation}), {@code constellation.data}, {@code constellation.facilitators}, {@code
 * constellation.galaxies}, {@code constellation.ports.NAME} and {@code
 * constellation.ports.NAME-management}, and Spring's own for broker and database.
 */
public final class LocalServices {

  private static final String PROVISION = "provision";
  private static final String TOKENS = "tokens";
  private static final String KEEPER = "keeper.hex";

  private LocalServices() {}

  /** Starts what the system properties name, or exits with a code other than 0. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (OrganisationWork.isOne(System.getProperty("constellation.services", ""))) {
      System.exit(new OrganisationWork(System::getProperty, System.out).run(System.err));
    }
    run(LocalSettings.of(System::getProperty));
  }

  private static void run(LocalSettings settings) throws IOException, InterruptedException {
    if (settings.services().equals(PROVISION)) {
      provision(settings);
      return;
    }
    if (settings.services().equals(TOKENS)) {
      Tokens.settle(settings.files(), new SecureRandom());
      publishKeeper(settings.files());
      return;
    }
    if (settings.services().equals(ServiceContexts.ALL)) {
      provision(settings);
    } else if (ServiceContexts.OPERATED.contains(settings.services())) {
      // It may be the first of its network that knows of two tokens, or another may have come.
      Tokens.settle(settings.files(), new SecureRandom());
    }
    initializeLogging();
    try {
      // Stopped by Spring's own shutdown hooks.
      var _ = RunningServices.start(new ServiceContexts(settings).contexts());
    } catch (IllegalStateException e) {
      System.exit(1);
    }
  }

  /** Makes the network's files, unless they are there; whether it did. */
  static boolean provision(LocalSettings settings) throws IOException {
    var plan =
        new NetworkPlan(
            settings.network(),
            settings.facilitators(),
            settings.galaxies(),
            Genesis.Parameters.DEFAULT,
            System.currentTimeMillis(),
            keyed());
    var made = new Provisioning(settings.files(), new SecureRandom()).provision(plan);
    publishKeeper(settings.files());
    return made;
  }

  /** Services whose envelopes need a key of their own. */
  static List<String> keyed() {
    var keyed = new ArrayList<>(ServiceContexts.services());
    for (var service : List.of("star-service", "blackhole-ledger", "contract-gateway")) {
      if (!keyed.contains(service)) {
        keyed.add(service);
      }
    }
    return keyed;
  }

  /** Says who keeps the ledger, for members that may not read the keeper's secrets. */
  static void publishKeeper(NetworkFiles files) throws IOException {
    Files.writeString(
        files.root().resolve(KEEPER), ServiceContexts.keeper(files), StandardCharsets.US_ASCII);
  }

  /**
   * Sets logging up for the process, and takes it out of the contexts' hands: each would set it up
   * when it starts and take it down when it closes, while others log.
   */
  static void initializeLogging() {
    var application = new SpringApplication();
    var environment = new StandardEnvironment();
    new PlatformDefaults().postProcessEnvironment(environment, application);
    var bootstrap = new DefaultBootstrapContext();
    var none = new String[0];
    var logging = new LoggingApplicationListener();
    logging.onApplicationEvent(new ApplicationStartingEvent(bootstrap, application, none));
    logging.onApplicationEvent(
        new ApplicationEnvironmentPreparedEvent(bootstrap, application, none, environment));
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
  }
}
