package org.constellation.blackhole.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of many, in the order of their keys.
 *
 * @param next what to give as {@code after} to read on; absent at the end
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** Most items of a page. */
  public static final int LIMIT_MAX = 500;

  public Page {
    items = List.copyOf(items);
  }
}
