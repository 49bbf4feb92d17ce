package org.constellation.star.ledger;

import org.jspecify.annotations.Nullable;

/** Something that brings news once it is started. */
public interface Reader extends AutoCloseable {

  /** Begins to read. */
  void start(News news);

  /** Why nothing may be arriving; null while all is well. */
  @Nullable String trouble();

  @Override
  void close();
}
