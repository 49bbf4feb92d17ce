package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What pages tell their readers to set is what there is. */
class PagesTest {

  /** Words in capitals, or the last ones of those that were named before: {@code _KEY}. */
  private static final Pattern CAPITALS =
      Pattern.compile("(?<![\\w.])((?:[A-Z][A-Z0-9]*_|_)[A-Z0-9]+(?:_[A-Z0-9]+)*)(?!\\w)");

  /** Only by these does Spring know a variable; other capitals may be a constant of the code. */
  private static final Pattern OF_SPRING =
      Pattern.compile("(?:CONSTELLATION|LOGGING|MANAGEMENT|SERVER|SPRING)_.*");

  /** Read before there are properties. */
  private static final Set<String> NO_PROPERTY = Set.of("SPRING_APPLICATION_JSON");

  private static final Pattern DOTTED =
      Pattern.compile(
          "(?:-D|(?<![\\w./-]))"
              + "((?:constellation|logging|management|server|spring)(?:\\.[a-z][a-z0-9-]*)+)");

  @Test
  void everyVariableIsThere() {
    var scripts = Texts.words(Texts.configuration(), CAPITALS);
    var constants = Texts.words(Texts.sources(), CAPITALS);
    requireKnown(
        PagesTest::capitals,
        name ->
            scripts.contains(name)
                || NO_PROPERTY.contains(name)
                || (OF_SPRING.matcher(name).matches()
                    ? Variables.isOfAny(name)
                    : constants.contains(name)));
  }

  /** Properties of services; loggers, metrics and what the build reads stand in the code. */
  @Test
  void everyPropertyIsThere() {
    var files = new ArrayList<>(Texts.sources());
    files.addAll(Texts.configuration());
    var told = Texts.words(files, DOTTED);
    requireKnown(
        page -> Texts.words(page, DOTTED),
        name ->
            Variables.isProperty(name)
                || told.stream().anyMatch(one -> (one + ".").startsWith(name + ".")));
  }

  private static void requireKnown(
      Function<String, List<String>> reading, Predicate<String> isKnown) {
    var named = new TreeSet<String>();
    var unknown = new TreeSet<String>();
    for (var page : Texts.pages()) {
      for (var name : reading.apply(Texts.read(page))) {
        named.add(name);
        if (!isKnown.test(name)) {
          unknown.add(name + " in " + page.getFileName());
        }
      }
    }
    assertThat(unknown).isEmpty();
    assertThat(named).as("the reading of pages").hasSizeGreaterThan(20);
  }

  private static List<String> capitals(String page) {
    var names = new ArrayList<String>();
    var before = "";
    for (var word : Texts.words(page, CAPITALS)) {
      if (word.startsWith("_")) {
        names.add(before.replaceFirst("_[A-Z0-9]+$", word));
      } else {
        names.add(word);
        before = word;
      }
    }
    return names;
  }
}
