package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a reader may rely on when opening any source file. */
class SourcesTest {

  private static final int LINES_MAX = 500;

  @Test
  void everyPackageSaysWhatLivesThereAndIsNullMarked() throws IOException {
    var wrong = new TreeSet<Path>();
    for (var module : Module.all()) {
      for (var file : module.sourceFiles()) {
        var page = file.resolveSibling("package-info.java");
        if (!Files.exists(page) || !isComplete(Files.readString(page))) {
          wrong.add(page);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void noFileIsTooLongToRead() throws IOException {
    var wrong = new ArrayList<Path>();
    for (var module : Module.all()) {
      for (var file : module.sourceFiles()) {
        if (Files.readString(file).lines().count() > LINES_MAX) {
          wrong.add(file);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isComplete(String page) {
    return page.contains("@NullMarked") && page.contains("/**");
  }
}
