package org.constellation.local.client.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.constellation.local.network.LocalNetwork;

/**
 * What one final payment costs, by kind of process. Where all services share a process, their
 * checks are told apart and their processor time is not.
 *
 * @param costs of the measured time
 * @param payments that became final in it
 */
record CostTable(Costs costs, int payments) {

  private static final Pattern NUMBER = Pattern.compile("-[0-9]+$");
  private static final String ROW = "  %-26s %8s %8s %8s %10s%n";
  private static final String UNKNOWN = "-";

  /** Writes it for people. */
  void show(PrintStream out) {
    var checks = checksByKind();
    var allChecks = sum(checks);
    out.println("processor time per final payment in us, and signatures checked for it");
    out.printf(ROW, "", "all", "checks", "the rest", "signatures");
    var network = Duration.ZERO;
    for (var kind : timeByKind().entrySet()) {
      var name = kind.getKey();
      if (name.equals(LocalNetwork.SERVICES)) {
        row(out, name, micros(kind.getValue()), allChecks);
        checks.forEach((service, made) -> row(out, "  " + service, Double.NaN, made));
      } else {
        // Whoever is no server of ours checks no signature.
        var made = checks.getOrDefault(name, SignatureChecks.NONE);
        row(out, name, micros(kind.getValue()), made);
      }
      if (!name.equals(ProcessorTime.LOADER)) {
        network = network.plus(kind.getValue());
      }
    }
    row(out, "all without this load", micros(network), allChecks);
    if (allChecks.count() > 0) {
      out.printf(
          Locale.ROOT,
          "signature checks: %.1f us each, %.0f %% of it%n",
          allChecks.nanos() / 1_000 / allChecks.count(),
          100 * allChecks.nanos() / network.toNanos());
    } else if (Double.isNaN(allChecks.count())) {
      out.println("signature checks: not told by " + silent());
    }
    var processes = costs.processorTime();
    tell(out, processes.begun(), "began while this was measured; counted since then");
    tell(out, processes.ended(), "ended while this was measured; not counted");
  }

  private static void tell(PrintStream out, Set<String> processes, String what) {
    if (!processes.isEmpty()) {
      out.println(String.join(", ", new TreeSet<>(processes)) + ": " + what);
    }
  }

  private void row(PrintStream out, String name, double micros, SignatureChecks checks) {
    var inChecks = checks.nanos() / 1_000 / payments;
    out.printf(
        ROW,
        name,
        cell("%.0f", micros),
        cell("%.0f", inChecks),
        cell("%.0f", micros - inChecks),
        cell("%.2f", checks.count() / payments));
  }

  private static String cell(String format, double figure) {
    return Double.isNaN(figure) ? UNKNOWN : String.format(Locale.ROOT, format, figure);
  }

  private double micros(Duration used) {
    return used.toNanos() / 1_000.0 / payments;
  }

  private Map<String, Duration> timeByKind() {
    var processes = costs.processorTime().byProcess();
    var hasBroker = processes.containsKey(LocalNetwork.BROKER);
    var byKind = new TreeMap<String, Duration>();
    processes.forEach(
        (name, used) ->
            byKind.merge(
                name.equals(LocalNetwork.LAUNCHER) && !hasBroker ? "launcher, broker" : kind(name),
                used,
                Duration::plus));
    return byKind;
  }

  private Map<String, SignatureChecks> checksByKind() {
    var byKind = new TreeMap<String, SignatureChecks>();
    costs
        .checks()
        .forEach((server, made) -> byKind.merge(kind(server), made, SignatureChecks::plus));
    return byKind;
  }

  /** A member in a process of its own counts with its like, as in the service that has them all. */
  private static String kind(String name) {
    return switch (NUMBER.matcher(name).replaceFirst("")) {
      case "facilitator", "cluster-consensus-service" -> "facilitators";
      case "galaxy", "galaxy-service" -> "galaxy members";
      default -> name;
    };
  }

  private static SignatureChecks sum(Map<String, SignatureChecks> checks) {
    return checks.values().stream().reduce(SignatureChecks.NONE, SignatureChecks::plus);
  }

  private String silent() {
    return costs.checks().entrySet().stream()
        .filter(server -> Double.isNaN(server.getValue().count()))
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
