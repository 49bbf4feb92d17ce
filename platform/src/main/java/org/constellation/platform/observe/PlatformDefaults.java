package org.constellation.platform.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.support.ResourcePropertySource;

/**
 * Adds {@code constellation-defaults.properties} below all other configuration of every service,
 * early enough for logging to follow it.
 */
public final class PlatformDefaults implements EnvironmentPostProcessor {

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    try {
      environment
          .getPropertySources()
          .addLast(
              new ResourcePropertySource(
                  "constellation defaults", "classpath:constellation-defaults.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException("the platform's own defaults are missing", e);
    }
  }
}
