package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One file imported as often as a test has use for it, with new stars each time, so that payments
 * are always under way. The system property {@code constellation.import.file} names a larger file
 * than there is.
 */
final class Imports implements AutoCloseable {

  private static final Duration STEP_PATIENCE = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofMinutes(45);

  /** Of an import's journal, the lines about payments; others are about stars. */
  private static final Pattern PAYMENT = Pattern.compile("^(funding|row)\\t");

  private final Platform platform;
  private final Path file;
  private final Path directory;
  private final List<Path> screens = new ArrayList<>();
  private Process running;

  /**
   * @param directory for what the imports say
   */
  Imports(Platform platform, Path directory) throws IOException {
    this.platform = platform;
    this.file = file();
    this.directory = directory;
    this.running = next();
  }

  private static Path file() {
    var named = System.getProperty("constellation.import.file");
    if (named != null) {
      return Path.of(named);
    }
    var resource = Imports.class.getResource("/trust-2000.csv");
    return Path.of(URI.create(Objects.requireNonNull(resource).toString()));
  }

  private Process next() throws IOException {
    var words =
        new ArrayList<>(
            List.of("import", file.toString(), "--from", "v1", "--to", "v2", "--time", "time"));
    words.addAll(List.of("--amount", "abs(weight)", "--asset", "TRUST"));
    if (!screens.isEmpty()) {
      words.addAll(List.of("--again", "pass-" + (screens.size() + 1)));
    }
    screens.add(directory.resolve("import-" + (screens.size() + 1) + ".out"));
    return platform.start(screens.getLast(), words.toArray(String[]::new));
  }

  /**
   * Returns when more payments were accepted than before; begins anew where an import came to its
   * end.
   */
  void awaitPayments() throws IOException {
    var before = payments();
    await()
        .atMost(STEP_PATIENCE)
        .until(
            () -> {
              if (!running.isAlive()) {
                requireSuccess();
                running = next();
              }
              return payments() > before;
            });
  }

  /** Waits for the end of what runs. */
  void finish() {
    await().atMost(PATIENCE).until(() -> !running.isAlive());
    requireSuccess();
  }

  private void requireSuccess() {
    assertThat(running.exitValue()).as(() -> screen() + platform.lastWords()).isZero();
    System.out.println(screen());
  }

  private String screen() {
    try {
      return Files.readString(screens.getLast());
    } catch (IOException e) {
      return e.toString();
    }
  }

  private long payments() throws IOException {
    var count = 0L;
    for (var journal : journals()) {
      count += Files.readAllLines(journal).stream().filter(PAYMENT.asPredicate()).count();
    }
    return count;
  }

  private List<Path> journals() throws IOException {
    var client = platform.data().resolve("client");
    if (!Files.exists(client)) {
      return List.of();
    }
    try (var files = Files.list(client)) {
      return files.filter(one -> one.toString().endsWith(".tsv")).sorted().toList();
    }
  }

  /** What each star of each import must have at the end: what the file says that it was paid. */
  Map<String, Long> expectedBalances() throws IOException {
    var sums = new TreeMap<String, Long>();
    for (var line : Files.readAllLines(file).stream().skip(1).toList()) {
      var fields = line.split(",", -1);
      sums.merge(fields[1], Math.abs(Long.parseLong(fields[2])), Long::sum);
    }
    var expected = new TreeMap<String, Long>();
    for (var journal : journals()) {
      for (var line : Files.readAllLines(journal)) {
        var fields = line.split("\t", -1);
        if (fields.length == 4 && fields[0].equals("star") && sums.containsKey(fields[1])) {
          expected.put(fields[2], sums.get(fields[1]));
        }
      }
    }
    assertThat(expected).hasSize(sums.size() * screens.size());
    return expected;
  }

  @Override
  public void close() {
    running.destroyForcibly();
  }
}
