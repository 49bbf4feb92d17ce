package org.constellation.consensus.agreement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.testkit.AgreementMachine;

/**
 * Known mistakes, each a patch to a copy of {@link BinaryAgreement}'s source that is compiled here.
 * The production class knows nothing of it.
 */
enum BrokenAgreement {
  /** Not broken: shows that the copy itself works. */
  COPY("private boolean halted;", "private boolean halted;"),
  /** After the coin, counts what it saw in AUX votes instead of the union of the CONF sets. */
  OWN_AUX("now.union = now.confUnion();", "now.union = now.vals;"),
  /** Leaves as soon as it has decided. */
  STOP_AT_DECIDE("decision = value;", "decision = value; halted = true;"),
  /** Does not relay BVAL of rounds that it has left. */
  IGNORE_PAST_ROUNDS("relay(past, value, step);", "");

  private static final Path SOURCE =
      Path.of("src/main/java/org/constellation/consensus/agreement/BinaryAgreement.java");

  private final String original;
  private final String patch;

  BrokenAgreement(String original, String patch) {
    this.original = original;
    this.patch = patch;
  }

  /** Compiles the patched copy and loads it beside the original, whose package it shares. */
  AgreementMachine.Maker maker() {
    try {
      var name = "BinaryAgreement" + name();
      var directory = Files.createTempDirectory("broken-agreement");
      var file = Files.writeString(directory.resolve(name + ".java"), patched(name));
      compile(file, directory);
      var constructor =
          define(directory, name)
              .getConstructor(
                  Roster.class,
                  MemberIndex.class,
                  int.class,
                  CommonCoin.class,
                  CoinScope.class,
                  Recall.class);
      return (roster, self, coin, scope, recall) -> {
        try {
          return (AgreementMachine) constructor.newInstance(roster, self, 0, coin, scope, recall);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private String patched(String name) throws IOException {
    var source = Files.readString(SOURCE);
    var first = source.indexOf(original);
    if (first < 0 || source.indexOf(original, first + 1) >= 0) {
      throw new IllegalStateException(this + ": the patch does not fit the source any more");
    }
    return source
        .replace(original, patch)
        .replace(
            "public final class BinaryAgreement {",
            "public final class BinaryAgreement implements "
                + AgreementMachine.class.getName()
                + " {")
        .replaceAll("\\bBinaryAgreement\\b", name);
  }

  private static void compile(Path file, Path directory) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      var options =
          List.of("-d", directory.toString(), "-classpath", classPath, "-proc:none", "-nowarn");
      var units = files.getJavaFileObjects(file);
      if (!compiler.getTask(null, files, null, options, null, units).call()) {
        throw new IllegalStateException("the patched copy does not compile");
      }
    }
  }

  private static Class<?> define(Path directory, String name)
      throws IOException, ReflectiveOperationException {
    var lookup = MethodHandles.lookup();
    try (var found = Files.walk(directory)) {
      for (var file : found.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        lookup.defineClass(Files.readAllBytes(file));
      }
    }
    return lookup.findClass(BinaryAgreement.class.getPackageName() + "." + name);
  }
}
