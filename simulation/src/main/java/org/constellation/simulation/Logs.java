package org.constellation.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.Set;
import java.util.function.Predicate;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.Members;
import org.constellation.simulation.disk.DiskFault;
import org.constellation.simulation.time.PowerLoss;
import org.constellation.simulation.watch.Violations;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * What production code logs. Nothing that peers, brokers or disks do may bring out an ERROR line,
 * so one is a violation; all below is not even made.
 */
final class Logs {

  /** They say who is silent for good, and why. */
  private static final Set<String> SILENCED =
      Set.of(MemberDriver.class.getName(), Members.class.getName());

  // A run is one thread.
  private static final ThreadLocal<@Nullable Hearer> CURRENT = new ThreadLocal<>();

  /**
   * @param silent names seats whose members may be silent for good: that is no defect
   */
  private record Hearer(Violations violations, Predicate<String> silent) {}

  private Logs() {}

  /** The run of this thread is over. */
  static void heardByNobody() {
    CURRENT.remove();
  }

  /** Gives the lines of this thread to a run, until that is over. */
  static synchronized void heardBy(Violations violations, Predicate<String> silent) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
      if (root.getAppender(Ear.class.getName()) == null) {
        listen(context, root);
      }
    }
    CURRENT.set(new Hearer(violations, silent));
  }

  private static void listen(LoggerContext context, Logger root) {
    root.detachAndStopAllAppenders();
    root.setLevel(Level.ERROR);
    context.getLoggerList().stream()
        .filter(logger -> logger != root)
        .forEach(logger -> logger.setLevel(null));
    var ear = new Ear();
    ear.setName(Ear.class.getName());
    ear.setContext(context);
    ear.start();
    root.addAppender(ear);
  }

  private static final class Ear extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      var hearer = CURRENT.get();
      if (hearer == null || isToBeSilent(event, hearer)) {
        return;
      }
      var violations = hearer.violations();
      var cause =
          event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
      for (var each = cause; each != null; each = each.getCause()) {
        if (each instanceof PowerLoss || each instanceof DiskFault) {
          return;
        }
      }
      if (cause == null) {
        violations.found("DEFECT", event.getFormattedMessage());
      } else {
        violations.defect(event.getFormattedMessage(), cause);
      }
    }

    /** It may well have to be silent for good, if it says that its journal is the reason. */
    private static boolean isToBeSilent(ILoggingEvent event, Hearer hearer) {
      var arguments = event.getArgumentArray();
      return event.getThrowableProxy() == null
          && SILENCED.contains(event.getLoggerName())
          && arguments != null
          && arguments.length > 1
          && hearer.silent().test(String.valueOf(arguments[0]))
          && Ending.isForgetful(String.valueOf(arguments[1]));
    }
  }
}
