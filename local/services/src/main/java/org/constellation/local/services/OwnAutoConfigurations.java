package org.constellation.local.services;

import org.constellation.gateway.ContractGatewayApplication;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Keeps the front door's auto-configuration to the front door. All services share one class path
 * here, where each would otherwise configure what another brought along.
 */
final class OwnAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {

  private static final String GATEWAY = "org.springframework.cloud.gateway.";

  private boolean isGateway;

  @Override
  public void setEnvironment(Environment environment) {
    isGateway =
        ContractGatewayApplication.NAME.equals(environment.getProperty("spring.application.name"));
  }

  @Override
  public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
    var matches = new boolean[names.length];
    for (var index = 0; index < names.length; index++) {
      var name = names[index];
      matches[index] = isGateway || name == null || !name.startsWith(GATEWAY);
    }
    return matches;
  }
}
