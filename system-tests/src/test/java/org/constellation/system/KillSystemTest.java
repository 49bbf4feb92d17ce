package org.constellation.system;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports at full speed, while everything is killed in turn, at last all at once, at last the
 * broker with its data.
 */
@Tag("system")
class KillSystemTest {

  private static final List<String> IN_TURN =
      List.of(
          "facilitator-2", "galaxy-3", "star-service", "blackhole-ledger", "broker", "database");

  @TempDir private Path directory;

  @Test
  void killsDuringAnImportChangeNoBalance() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes");
        var imports = new Imports(platform, directory)) {
      for (var name : IN_TURN) {
        imports.awaitPayments();
        System.out.println("kill " + name);
        platform.run("kill", name).expectSuccess();
        platform.run("start", name).expectSuccess();
      }
      imports.awaitPayments();
      System.out.println("kill all");
      var all = platform.processes();
      platform.killNow(all);
      platform.startAll(all);

      imports.awaitPayments();
      System.out.println("kill broker, and delete its data");
      platform.killNow(List.of("broker"));
      delete(platform.data().resolve("broker"));
      platform.run("start", "broker").expectSuccess();

      imports.awaitPayments();
      imports.finish();
      platform.awaitAllWell();
      Ledger.requireBalances(platform, imports.expectedBalances());
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException trouble)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
