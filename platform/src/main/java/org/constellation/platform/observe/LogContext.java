package org.constellation.platform.observe;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Whose log line it is. Several services may share one process, so a line says which one wrote it:
 * every thread that a service starts begins with {@link #of}.
 */
public final class LogContext {

  /** Name of the service in structured logs. */
  public static final String SERVICE = "constellation.service";

  /** Name of the member in structured logs. */
  public static final String MEMBER = "constellation.member";

  private LogContext() {}

  /** Marks what {@code task} logs. */
  public static Runnable of(String service, @Nullable String member, Runnable task) {
    return () -> {
      try (var _ = MDC.putCloseable(SERVICE, service)) {
        if (member == null) {
          task.run();
          return;
        }
        try (var _ = MDC.putCloseable(MEMBER, member)) {
          task.run();
        }
      }
    };
  }
}
