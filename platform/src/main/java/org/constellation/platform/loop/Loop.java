package org.constellation.platform.loop;

/** Runs one worker's turns. */
public interface Loop extends AutoCloseable {

  /** Has the next turn begin now, or right after the one under way. From any thread. */
  void wake();

  /** No turn begins any more; waits a limited time for the one under way. */
  @Override
  void close();
}
