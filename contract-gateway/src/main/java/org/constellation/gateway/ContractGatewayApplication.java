package org.constellation.gateway;

import org.constellation.platform.security.SecurityConfiguration;
import org.constellation.platform.web.WebConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Import;

/** Starts the service; its settings are in {@code contract-gateway.yml}. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({WebConfiguration.class, SecurityConfiguration.class})
public class ContractGatewayApplication {

  /** Name of the service and of its configuration. */
  public static final String NAME = "contract-gateway";

  /** A context that can start beside those of other services. */
  public static SpringApplicationBuilder application() {
    return new SpringApplicationBuilder(ContractGatewayApplication.class)
        .properties("spring.config.name=" + NAME);
  }

  /** Runs the service in a process of its own. */
  public static void main(String[] arguments) {
    application().run(arguments);
  }
}
