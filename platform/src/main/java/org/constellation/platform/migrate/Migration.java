package org.constellation.platform.migrate;

import java.util.Arrays;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** Brings a service's schema up to date, by the service's own configuration, and ends. */
public final class Migration {

  private static final String WORD = "migrate";

  private Migration() {}

  /** Whether a process was told to migrate and do nothing else. */
  public static boolean isAsked(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals(WORD);
  }

  /**
   * Does it.
   *
   * @param service whose schema
   * @param arguments the word, and properties as on any command line
   * @throws RuntimeException if the schema is not up to date afterwards
   */
  public static void run(String service, String[] arguments) {
    new SpringApplicationBuilder(SchemaOnly.class)
        .web(WebApplicationType.NONE)
        .properties("spring.config.name=" + service)
        .run(Arrays.copyOfRange(arguments, 1, arguments.length))
        .close();
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  static class SchemaOnly {}
}
