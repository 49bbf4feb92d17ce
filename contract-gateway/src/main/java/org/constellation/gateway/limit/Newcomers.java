package org.constellation.gateway.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Connections that have not asked anything yet. There are a limited number of them, and one more
 * costs the oldest its place: whoever speaks does so long before the others have come and gone.
 * Belongs to the thread that takes connections.
 */
final class Newcomers {

  private final int max;
  private final Predicate<String> letIn;
  private final Runnable dropped;
  private final Deque<SocketWrapperBase<?>> waiting = new ArrayDeque<>();

  /**
   * @param max how many may wait
   * @param letIn whether a connection has asked and was let in, by its name
   * @param dropped told of every connection that is closed for another one
   */
  Newcomers(int max, Predicate<String> letIn, Runnable dropped) {
    this.max = max;
    this.letIn = letIn;
    this.dropped = dropped;
  }

  /** Closes the oldest that still wait if this is one too many. */
  void arrived(SocketWrapperBase<?> connection) {
    waiting.addLast(connection);
    if (waiting.size() <= max) {
      return;
    }
    waiting.removeIf(one -> !isWaiting(one));
    for (var rest = waiting.size(); rest > 0 && waiting.size() > max; rest--) {
      var oldest = waiting.removeFirst();
      if (!drop(oldest)) {
        // It speaks at this moment, and waits on if that is not a whole request.
        waiting.addLast(oldest);
      }
    }
  }

  private boolean isWaiting(SocketWrapperBase<?> connection) {
    return !connection.isClosed() && !letIn.test(FrontDoorProtocol.name(connection));
  }

  /** Closes a connection as its own worker would; whether it does not wait any more. */
  private boolean drop(SocketWrapperBase<?> connection) {
    // Only a worker's lock keeps a closed connection's buffers from being given to another one
    // while the worker still reads.
    if (!connection.getLock().tryLock()) {
      return false;
    }
    try {
      if (isWaiting(connection)) {
        dropped.run();
        connection.close();
      }
      return true;
    } finally {
      connection.getLock().unlock();
    }
  }
}
