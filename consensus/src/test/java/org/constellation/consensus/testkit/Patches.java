package org.constellation.consensus.testkit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;

/** Known mistakes as changes of production sources, in copies of these. */
public final class Patches {

  private Patches() {}

  /**
   * A source in which something that stands there exactly once is replaced.
   *
   * @param what for people: which patch it is, and of what
   * @throws IllegalStateException if it stands there no more, or more than once
   */
  public static String apply(String source, String original, String replacement, String what) {
    var first = source.indexOf(original);
    if (first < 0 || source.indexOf(original, first + 1) >= 0) {
      throw new IllegalStateException("a patch does not fit any more: " + what);
    }
    return source.replace(original, replacement);
  }

  /** What this test's classes are found by. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /**
   * Compiles sources against the class path of this test.
   *
   * @param classes where the classes go
   * @throws IllegalStateException if they do not compile
   */
  public static void compile(List<Path> sources, Path classes) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var options =
          List.of("-d", classes.toString(), "-classpath", classPath(), "-proc:none", "-nowarn");
      var units = manager.getJavaFileObjectsFromPaths(sources);
      if (!compiler.getTask(null, manager, null, options, null, units).call()) {
        throw new IllegalStateException("patched copies do not compile: " + sources);
      }
    }
  }
}
