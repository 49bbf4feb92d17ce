package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The pages that list what operators and callers meet say what the code says. {@code
 * -Dconstellation.docs.write=true} writes them anew.
 */
class ReferenceTest {

  private static final Path PAGES = Path.of("..", "docs", "reference");

  /** What services tell monitors of their metrics. */
  private static final Path MEANINGS =
      Path.of("..", "platform", "src", "main", "resources", "constellation-metrics.properties");

  /** A constant whose value names a metric, and the comment above it, if it has one. */
  private static final Pattern METRIC =
      Pattern.compile(
          "(?:/\\*\\*((?:(?!\\*/).)*?)\\*/\\s*)?(?:public |private )?static final String [A-Z_]+ ="
              + "\\s*\"(constellation\\.[a-z.]+)\";",
          Pattern.DOTALL);

  /** A metric that is named where it is made. */
  private static final Pattern MADE =
      Pattern.compile(
          "builder\\(\\s*\"(constellation\\.[a-z.]+)\"[^;]*?\\.description\\(\"([^\"]*)\"\\)");

  /** A constant of an enum of error codes, and the comment above it, if it has one. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?:/\\*\\*((?:(?!\\*/).)*?)\\*/\\s*)?([A-Z_]+)\\(ErrorCategory\\.([A-Z_]+)\\)[,;]",
          Pattern.DOTALL);

  private static final String SENTENCE = "[A-Z].*\\.";

  /** Where names in logs and of files look like metrics. */
  private static final List<String> NO_METRICS =
      List.of(
          "LogContext.java",
          "TransactionTrail.java",
          "DataDirectory.java",
          "OrganisationWork.java");

  @Test
  void everyMetricIsListed() throws IOException {
    var rows = new TreeMap<String, String>();
    var meanings = new TreeMap<String, String>();
    for (var module : Module.all()) {
      for (var file : module.sourceFiles()) {
        if (!NO_METRICS.contains(file.getFileName().toString())) {
          var source = Files.readString(file);
          METRIC
              .matcher(source)
              .results()
              .forEach(found -> meanings.put(found.group(2), text(found.group(1))));
          MADE.matcher(source)
              .results()
              .forEach(found -> rows.put(found.group(1), found.group(2) + "."));
        }
      }
    }
    assertThat(meanings).allSatisfy((_, meaning) -> assertThat(meaning).matches(SENTENCE));
    var lines = new ArrayList<>(List.of("# Written from the code by ReferenceTest."));
    meanings.forEach((name, meaning) -> lines.add(name + "=" + meaning));
    requireFile(MEANINGS, lines);
    rows.putAll(meanings);
    var page = new ArrayList<>(List.of("# Metrics", ""));
    page.add("Every service shows them at `/actuator/prometheus` on its management port, with");
    page.add("underscores for dots, beside those of the JVM, of Spring and of Kafka's clients.");
    page.add("Written from the code by `ReferenceTest`.");
    page.addAll(List.of("", "| Metric | What it says |", "|---|---|"));
    rows.forEach((name, meaning) -> page.add("| `%s` | %s |".formatted(name, meaning)));
    assertThat(rows).hasSizeGreaterThan(20);
    requireFile(PAGES.resolve("metrics.md"), page);
  }

  @Test
  void everyErrorCodeIsListed() throws IOException {
    var page = new ArrayList<>(List.of("# Error codes", ""));
    page.add(
        "Every refusal is a problem document (RFC 9457) with one of these in `code`. A code is");
    page.add(
        "never renamed and never changes its meaning. `UNAVAILABLE` says that trying again later");
    page.add("makes sense. Written from the code by `ReferenceTest`.");
    var codes = 0;
    for (var module : Module.all()) {
      for (var file : module.sourceFiles()) {
        var source = Files.readString(file);
        if (source.contains("implements ErrorCode")) {
          page.addAll(List.of("", "## " + module.name(), ""));
          page.addAll(List.of("| Code | Category | When |", "|---|---|---|"));
          for (var found : CODE.matcher(source).results().toList()) {
            assertThat(text(found.group(1))).as(found.group(2)).matches(SENTENCE);
            page.add(
                "| `%s` | %s | %s |"
                    .formatted(
                        found.group(2),
                        found.group(3).toLowerCase(Locale.ROOT).replace('_', ' '),
                        text(found.group(1))));
            codes++;
          }
        }
      }
    }
    assertThat(codes).isGreaterThan(50);
    requireFile(PAGES.resolve("errors.md"), page);
  }

  /** Those of statuses that frameworks answer with are made from the status. */
  @Test
  void everyErrorCodeOfAServiceIsAnswered() throws IOException {
    for (var module : Module.all()) {
      var sources = new ArrayList<String>();
      for (var file : module.sourceFiles()) {
        sources.add(Files.readString(file));
      }
      for (var source : sources) {
        if (source.contains("implements ErrorCode") && !source.contains("ofStatus(")) {
          for (var found : CODE.matcher(source).results().toList()) {
            var code = Pattern.compile("\\b" + found.group(2) + "\\b");
            assertThat(sources)
                .filteredOn(other -> !other.equals(source))
                .as(found.group(2))
                .anyMatch(other -> code.matcher(other).find());
          }
        }
      }
    }
  }

  private static void requireFile(Path file, List<String> lines) throws IOException {
    var text = String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("constellation.docs.write")) {
      Files.writeString(file, text);
    }
    assertThat(file).hasContent(text);
  }

  /** A comment as one line, its links as code. */
  private static String text(@Nullable String comment) {
    return comment == null
        ? ""
        : comment
            .replaceAll("\\s*\\n\\s*\\*\\s*", " ")
            .replaceAll("\\{@link #?([^}]*)}", "`$1`")
            .replaceAll("\\{@code ([^}]*)}", "`$1`")
            .strip();
  }
}
