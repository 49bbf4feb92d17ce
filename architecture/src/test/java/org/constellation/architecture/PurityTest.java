package org.constellation.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code protocol} and {@code consensus} compute the same on every machine: they see no clock,
 * thread, file, network, logger or randomness but what is passed in, no order that a JVM chooses,
 * and no floating point.
 */
class PurityTest {

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .callMethodWhere(target(name("now")).and(target(owner(nameMatching("java\\.time\\..*")))))
          .because("time is a message");

  private static final ArchRule NO_THREAD =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.lang\\.(Thread.*|Runtime|Process.*)|java\\.util\\.Timer.*"
                  + "|java\\.util\\.concurrent\\.(?!TimeUnit|atomic).*")
          .because("its driver owns the one thread");

  private static final ArchRule NO_OUTSIDE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.logging\\..*|java\\.lang\\.System\\$Logger.*|org\\.slf4j\\..*"
                  + "|java\\.nio\\.file\\..*|java\\.io\\.File.*|java\\.net\\..*|java\\.sql\\..*")
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("what happens is told by return values");

  private static final ArchRule NO_RANDOMNESS =
      noClasses()
          .should()
          .callConstructorWhere(target(owner(assignableTo(RandomGenerator.class))))
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .orShould()
          .callMethodWhere(target(nameMatching("getInstanceStrong")))
          .orShould()
          .callMethod(java.security.SecureRandom.class, "getInstance", String.class)
          .because("randomness is a parameter");

  // Where hash tables are only asked, never walked through in an order that shows. Elsewhere a
  // comment on the line or just above it must say so, with these words.
  private static final String EXCUSE = "Only looked up in";
  private static final int EXCUSE_LINES = 3;
  private static final String LOOKUP_ONLY =
      "org\\.constellation\\.(protocol\\.(block\\.Outcome" // by its code, built once
          + "|state\\.StarChains" // heads by star, merged and asked
          + "|invariant\\..*)" // checkers: their verdict is no part of the ledger
          + "|consensus\\.(broadcast\\.ReliableBroadcast" // is a digest held?
          + "|coin\\.KeySet))"; // is an index used twice?

  // Set.of and Map.of are worse than a hash table: their order differs from run to run. The empty
  // ones have none.
  private static final ArchRule NO_CHOSEN_ORDER =
      noClasses()
          .that(not(nameMatching(LOOKUP_ONLY)))
          .should()
          .callConstructorWhere(
              target(
                  owner(
                      nameMatching("java\\.util\\.(HashMap|HashSet|IdentityHashMap|WeakHashMap)"))))
          .orShould()
          .callMethodWhere(
              target(nameMatching("of|copyOf|ofEntries"))
                  .and(target(owner(nameMatching("java\\.util\\.(Set|Map)"))))
                  .and(describe("arguments", PurityTest::hasArguments)))
          .orShould()
          .callMethodWhere(
              target(nameMatching("toSet|toMap|toUnmodifiableSet|toUnmodifiableMap"))
                  .and(target(owner(nameMatching("java\\.util\\.stream\\.Collectors")))))
          .because("the order of iteration is part of the protocol");

  private static final Pattern PLACE = Pattern.compile("\\(([\\w-]+\\.java):(\\d+)\\)$");

  private static final List<ArchRule> RULES =
      List.of(NO_CLOCK, NO_THREAD, NO_OUTSIDE, NO_RANDOMNESS, NO_CHOSEN_ORDER);

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("modulesAndRules")
  void touchesNothingButItsArguments(String module, ArchRule rule) {
    var home = new Module(module);
    var failures =
        rule.evaluate(home.classes()).getFailureReport().getDetails().stream()
            .filter(failure -> !(rule.equals(NO_CHOSEN_ORDER) && isExcused(failure, home)))
            .toList();

    assertThat(failures).as(rule.getDescription()).isEmpty();
  }

  private static boolean isExcused(String failure, Module module) {
    var place = PLACE.matcher(failure);
    if (!place.find()) {
      return false;
    }
    var line = Integer.parseInt(place.group(2));
    return module.sourceLines(place.group(1)).stream()
        .skip(Math.max(0, line - 1 - EXCUSE_LINES))
        .limit(1 + EXCUSE_LINES)
        .anyMatch(text -> text.contains(EXCUSE));
  }

  private static Stream<Arguments> modulesAndRules() {
    return Stream.of("protocol", "consensus")
        .flatMap(module -> RULES.stream().map(rule -> Arguments.of(module, rule)));
  }

  private static boolean hasArguments(JavaCall<?> call) {
    return !call.getTarget().getRawParameterTypes().isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"protocol", "consensus"})
  void computesWithIntegersOnly(String module) throws IOException {
    var found = new ArrayList<String>();
    try (var files = Files.walk(new Module(module).classFiles())) {
      for (var file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
        if (!isGenerated(file)) {
          floatingPointIn(ClassFile.of().parse(file), found);
        }
      }
    }
    assertThat(found).isEmpty();
  }

  // Protocol Buffers' own classes know how to encode doubles, which our messages do not have.
  private static boolean isGenerated(Path file) {
    return file.toString().contains("/wire/proto/") || file.toString().contains("/proto/");
  }

  private static void floatingPointIn(ClassModel type, List<String> found) {
    for (var method : type.methods()) {
      var code = method.code();
      if (code.isEmpty()) {
        continue;
      }
      for (var element : code.get()) {
        if (element instanceof Instruction instruction && isFloating(kindOf(instruction))) {
          found.add(type.thisClass().asInternalName() + "." + method.methodName().stringValue());
          break;
        }
      }
    }
  }

  private static TypeKind kindOf(Instruction instruction) {
    return switch (instruction) {
      case OperatorInstruction operator -> operator.typeKind();
      case ConvertInstruction convert ->
          isFloating(convert.fromType()) ? convert.fromType() : convert.toType();
      case LoadInstruction load -> load.typeKind();
      case StoreInstruction store -> store.typeKind();
      case ConstantInstruction constant -> constant.typeKind();
      case ReturnInstruction result -> result.typeKind();
      default -> TypeKind.VOID;
    };
  }

  private static boolean isFloating(TypeKind kind) {
    return kind == TypeKind.DOUBLE || kind == TypeKind.FLOAT;
  }
}
