package org.constellation.galaxyservice;

import org.constellation.platform.PlatformConfiguration;
import org.constellation.platform.hosting.HostingConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the service; its settings are in {@code galaxy-service.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({PlatformConfiguration.class, HostingConfiguration.class})
public class GalaxyServiceApplication {

  /** Name of the service and of its configuration. */
  public static final String NAME = "galaxy-service";

  /** A context that can start beside those of other services. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(GalaxyServiceApplication.class)
        .properties("spring.config.name=" + NAME);
  }

  /** Runs the service in a process of its own. */
  public static void main(String[] arguments) {
    application().run(arguments);
  }
}
