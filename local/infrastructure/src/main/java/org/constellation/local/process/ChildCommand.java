package org.constellation.local.process;

import java.util.List;
import java.util.Map;

/**
 * How to start one process.
 *
 * @param name unique within the data directory
 * @param words the program and its arguments
 * @param environment variables set beyond the inherited ones
 */
public record ChildCommand(String name, List<String> words, Map<String, String> environment) {

  public ChildCommand {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException("not a process name: " + name);
    }
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }
}
