package org.constellation.star;

import org.constellation.platform.PlatformConfiguration;
import org.constellation.platform.migrate.Migration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** Starts the star-service; its settings are in {@code star-service.yml}. */
@SpringBootApplication
@Import(PlatformConfiguration.class)
@EnableConfigurationProperties(StarProperties.class)
public class StarServiceApplication {

  /** Name of the service and of its configuration. */
  public static final String NAME = "star-service";

  /** A context that can start beside those of other services. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(StarServiceApplication.class)
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
