package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code SECURITY.md} claims no test that does not exist. */
class AttackListTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:\\.(\\w+))?`");

  private static final Pattern TEST = Pattern.compile("@(Test|ParameterizedTest|Property)\\b");
  private static final Pattern ASSERTION = Pattern.compile("\\bassert\\w+\\(");
  private static final Pattern COMMENT = Pattern.compile("(?m)^ *//.*$");
  private static final Pattern CALL = Pattern.compile("\\b(\\w+)\\(");

  @Test
  void everyTestThatIsNamedExists() throws IOException {
    var root = CHECKOUT;
    var tests = tests(root);
    var page = Files.readString(root.resolve("SECURITY.md"));
    var named = NAMED.matcher(page).results().toList();
    assertThat(named).hasSizeGreaterThan(20);
    for (var one : named) {
      var method = one.group(2);
      assertThat(tests)
          .as(one.group())
          .anyMatch(
              file ->
                  file.endsWith(one.group(1) + ".java") && (method == null || isRun(file, method)));
    }
  }

  /** Every row of the table, whatever it claims. */
  @Test
  void everyAttackNamesATest() throws IOException {
    var rows =
        Files.readAllLines(CHECKOUT.resolve("SECURITY.md")).stream()
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .toList();
    assertThat(rows).hasSizeGreaterThan(10).allMatch(row -> NAMED.matcher(row).find());
  }

  /** Whether a class has the method as a test that asserts something and is not turned off. */
  private static boolean isRun(Path file, String method) {
    try {
      var text = COMMENT.matcher(Files.readString(file)).replaceAll("");
      var at = text.indexOf(" void " + method + "(");
      if (at < 0) {
        return false;
      }
      var head = text.substring(Math.max(0, text.lastIndexOf("\n\n", at)), at);
      return TEST.matcher(head).find()
          && !text.contains("@Disabled")
          && asserts(text, method, new HashSet<>());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a method asserts something, or one of the same class that it calls does. */
  private static boolean asserts(String text, String method, Set<String> seen) {
    if (!seen.add(method)) {
      return false;
    }
    var declared = Pattern.compile("\\n  \\w[^\\n=;]* " + method + "\\(");
    for (var found : declared.matcher(text).results().toList()) {
      var body = text.substring(found.end(), text.indexOf("\n  }", found.end()));
      if (ASSERTION.matcher(body).find()
          || CALL.matcher(body).results().anyMatch(call -> asserts(text, call.group(1), seen))) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> tests(Path root) throws IOException {
    var all = new ArrayList<Path>();
    try (var files = Files.walk(root, 14)) {
      files
          .filter(file -> file.toString().contains("src/test/java"))
          .filter(file -> file.toString().endsWith("Test.java"))
          .forEach(all::add);
    }
    return all;
  }
}
