package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is handed out says what it is made of, and all of that may be handed out. */
class LicencesTest {

  private static final Path CHECKOUT = Path.of("..");
  private static final String BILL = "target/classes/META-INF/sbom/application.cdx.json";
  private static final String PLUGIN = "<artifactId>cyclonedx-maven-plugin</artifactId>";
  private static final String OFFLINE = "offline=true";
  private static final String ANY = "any";

  /** A line of the page: the licence, whose, and why. */
  private static final Pattern LINE =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$");

  private static final Pattern COMPONENT = Pattern.compile("`([^`]+)`");

  /** A component, by group and name, with all of its licences. */
  private static final Map<String, TreeSet<String>> COMPONENTS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    var handedOut = new ArrayList<Module>();
    for (var module : Module.all()) {
      if (Files.readString(CHECKOUT.resolve(module.name()).resolve("pom.xml")).contains(PLUGIN)) {
        handedOut.add(module);
      }
    }
    assertThat(handedOut)
        .extracting(Module::name)
        .contains("star-service", "local/services", "local/infrastructure");
    for (var module : handedOut) {
      var bill = CHECKOUT.resolve(module.name()).resolve(BILL);
      assumeTrue(
          Files.exists(bill) || !OFFLINE.equals(System.getProperty("constellation.build")),
          "bills of materials are made only online, and there is none of " + module);
      var components = new JsonMapper().readTree(Files.readString(bill)).path("components");
      assertThat(components.size()).as("components of %s", module).isGreaterThan(10);
      for (var component : components) {
        COMPONENTS
            .computeIfAbsent(nameOf(component), _ -> new TreeSet<>())
            .addAll(licences(component));
      }
    }
  }

  @Test
  void everyComponentSaysItsLicence() {
    assertThat(COMPONENTS)
        .allSatisfy((component, licences) -> assertThat(licences).as(component).isNotEmpty());
  }

  @Test
  void everyLicenceIsOneThatAllowsIt() throws IOException {
    var allowed = allowed();
    var wrong = new TreeSet<String>();
    COMPONENTS.forEach(
        (component, licences) -> {
          for (var licence : licences) {
            var whose = allowed.getOrDefault(licence, List.of());
            if (!whose.contains(ANY) && !whose.contains(component)) {
              wrong.add(component + ": " + licence);
            }
          }
        });
    assertThat(wrong).as("not on docs/licences.md").isEmpty();
  }

  @Test
  void nothingIsAllowedThatIsNotThere() throws IOException {
    var idle = new TreeSet<String>();
    allowed()
        .forEach(
            (licence, whose) -> {
              for (var component : whose) {
                var there =
                    component.equals(ANY)
                        ? COMPONENTS.values().stream()
                        : Stream.ofNullable(COMPONENTS.get(component));
                if (there.noneMatch(licences -> licences.contains(licence))) {
                  idle.add(licence + " of " + component);
                }
              }
            });
    assertThat(idle).as("on docs/licences.md").isEmpty();
  }

  private static Map<String, List<String>> allowed() throws IOException {
    var page = Files.readString(CHECKOUT.resolve("docs").resolve("licences.md"));
    var allowed = new TreeMap<String, List<String>>();
    LINE.matcher(page)
        .results()
        .forEach(
            line ->
                allowed.put(
                    line.group(1),
                    line.group(2).strip().equals(ANY)
                        ? List.of(ANY)
                        : COMPONENT
                            .matcher(line.group(2))
                            .results()
                            .map(found -> found.group(1))
                            .toList()));
    assertThat(allowed).isNotEmpty();
    return allowed;
  }

  private static String nameOf(JsonNode component) {
    return component.path("group").asString("") + ":" + component.path("name").asString("");
  }

  /** By its SPDX identifier, or by the name that its author gave it where it has none. */
  private static List<String> licences(JsonNode component) {
    var licences = new ArrayList<String>();
    for (var choice : component.path("licenses")) {
      var licence = choice.path("license");
      for (var text :
          List.of(licence.path("id"), licence.path("name"), choice.path("expression"))) {
        if (text.isString()) {
          licences.add(text.stringValue());
        }
      }
    }
    return licences;
  }
}
