package org.constellation.blackhole;

import org.constellation.platform.PlatformConfiguration;
import org.constellation.platform.migrate.Migration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;
import org.springframework.resilience.annotation.EnableResilientMethods;

/** Starts the service; its settings are in {@code blackhole-ledger.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableResilientMethods
@Import(PlatformConfiguration.class)
public class BlackholeLedgerApplication {

  /** Name of the service and of its configuration. */
  public static final String NAME = "blackhole-ledger";

  /** A context that can start beside those of other services. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(BlackholeLedgerApplication.class)
        .properties("spring.config.name=" + NAME);
  }

  /** Runs the service in a process of its own, or only migrates its schema if the word is given. */
  public static void main(String[] arguments) {
    if (Migration.isAsked(arguments)) {
      Migration.run(NAME, arguments);
    } else {
      application().run(arguments);
    }
  }
}
