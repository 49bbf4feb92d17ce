package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.deployment.Compose.Container;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that try images out, and that have their JVMs learn, know every service. */
class TrialsTest {

  private static final Pattern LEARNER = Pattern.compile("\\[([a-z0-9-]+)]=([a-z-]+)");
  private static final Pattern NUMBERED = Pattern.compile("([a-z-]+)\\{([0-9]+)\\.\\.([0-9]+)}");
  private static final Pattern TARGETS =
      Pattern.compile("(?:grep -qx|Prometheus scrapes all) ([0-9]+)");

  @Test
  void anInstanceOfEveryServiceLearns() {
    var network = Compose.read(Compose.NETWORK);
    var learners = new TreeMap<String, String>();
    LEARNER
        .matcher(between(read("learn"), "learners=(", ")\n\n"))
        .results()
        .forEach(found -> learners.put(found.group(1), found.group(2)));
    var services =
        network.services().collect(Collectors.toMap(Container::name, Container::service));
    assertThat(services).containsAllEntriesOf(learners);
    assertThat(learners.values())
        .containsExactlyInAnyOrderElementsOf(new TreeSet<>(services.values()));

    var written = new TreeMap<String, String>();
    Compose.read("docker/learn.yml")
        .containers()
        .forEach((name, container) -> written.put(name, container.list("entrypoint").get(1)));
    assertThat(written)
        .isEqualTo(
            learners.entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        one -> "-XX:AOTCacheOutput=/made/" + one.getValue() + ".aot")));
  }

  @ParameterizedTest
  @CsvSource({
    "try, " + Compose.NETWORK + ", members|services",
    "try-organisations, " + Compose.ORGANISATION + ", parts"
  })
  void everyServiceIsWaitedFor(String script, String compose, String lists) {
    var text = read(script);
    assertThat(Stream.of(lists.split("\\|", -1)).flatMap(list -> words(text, list)))
        .containsExactlyInAnyOrderElementsOf(names(compose));
  }

  @Test
  void prometheusIsExpectedToAskAsManyAsThereAre() {
    assertThat(Texts.words(read("try"), TARGETS))
        .hasSize(3)
        .containsOnly(String.valueOf(names(Compose.NETWORK).size()));
  }

  private static Collection<String> names(String compose) {
    return Compose.read(compose).services().map(Container::name).toList();
  }

  /** What a list of a script holds. */
  private static Stream<String> words(String script, String list) {
    return Stream.of(between(script, "\n" + list + "=(", ")\n").split(" ", -1))
        .flatMap(
            word -> {
              var found = NUMBERED.matcher(word);
              return found.matches()
                  ? IntStream.rangeClosed(
                          Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)))
                      .mapToObj(number -> found.group(1) + number)
                  : Stream.of(word);
            });
  }

  private static String between(String text, String begin, String end) {
    var from = text.indexOf(begin);
    assertThat(from).as(begin).isNotNegative();
    return text.substring(from + begin.length(), text.indexOf(end, from));
  }

  private static String read(String script) {
    return Texts.read(Chart.CHECKOUT.resolve("docker").resolve(script));
  }
}
