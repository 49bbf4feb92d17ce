package org.constellation.deployment;

import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The chart of this checkout, or a copy of it. */
record Chart(Path directory) {

  /** The checkout. */
  static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  static final String RELEASE = "try";
  static final String NAMESPACE = "ledger";

  /** What a release that uses this is called after. */
  static final String FULL_NAME = "try-constellation";

  /** The hooks' annotation in charts that {@link #ofCheckout} gives. */
  static final String HOOK = "constellation/hook";

  /** Services that the chart runs. */
  static final List<String> SERVICES =
      List.of(
          "star-service",
          "cluster-consensus-service",
          "galaxy-service",
          "blackhole-ledger",
          "contract-gateway");

  private static final Path SOURCE = CHECKOUT.resolve("helm/constellation");

  /** The chart as it is. */
  static Chart source() {
    return new Chart(SOURCE);
  }

  /** A copy in which hooks are like all else: this binding of Helm does not show them. */
  static Chart ofCheckout() {
    return Copy.CHART;
  }

  /** Made once. */
  private static final class Copy {
    static final Chart CHART = copy();

    private Copy() {}
  }

  /** A copy of one's own. */
  static Chart copy() {
    try (var files = Files.walk(SOURCE)) {
      var copy = Files.createTempDirectory("constellation-chart");
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var target = copy.resolve(SOURCE.relativize(file).toString());
        Files.createDirectories(target.resolveSibling("."));
        Files.writeString(target, Files.readString(file).replace("helm.sh/hook:", HOOK + ":"));
      }
      return new Chart(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Helm helm() {
    return new Helm(directory);
  }

  /** What an installation with these values creates. */
  Rendered render(String values) {
    return Rendered.of(text(RELEASE, values, Map.of()));
  }

  /** The same, with {@code --set} for each of {@code set}. */
  Rendered render(String values, Map<String, String> set) {
    return Rendered.of(text(RELEASE, values, set));
  }

  /** The same, under another name. */
  Rendered render(String release, String values) {
    return Rendered.of(text(release, values, Map.of()));
  }

  /** What an installation with the values of {@code set} in {@code src/test/resources} creates. */
  Rendered renderSet(String set) {
    return render(values(set));
  }

  static String values(String set) {
    try {
      return Files.readString(Path.of("src/test/resources/values", set + ".yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String release, String values, Map<String, String> set) {
    try {
      var file = Files.createTempFile("constellation-values", ".yaml");
      try {
        Files.writeString(file, values);
        var template =
            helm()
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                // The oldest that the chart is for.
                .withKubeVersion("1.30.0")
                .withValuesFile(file);
        set.forEach(template::set);
        return template.call();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
