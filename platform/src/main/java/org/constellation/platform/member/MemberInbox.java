package org.constellation.platform.member;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.constellation.protocol.envelope.Envelope;

/**
 * What waits for a member's thread: envelopes, bounded per peer so that a flood from one leaves
 * room for the others, and the service's tasks.
 */
final class MemberInbox {

  private final MemberProperties properties;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Waiting> envelopes = new ArrayDeque<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final int[] count;
  private final long[] bytes;
  private boolean closed;

  /** An envelope of a peer. */
  record Waiting(int member, Envelope envelope, int size) {}

  /** What the thread does next. */
  record Batch(List<Waiting> envelopes, List<Runnable> tasks, boolean closed) {}

  MemberInbox(int members, MemberProperties properties) {
    this.properties = properties;
    this.count = new int[members];
    this.bytes = new long[members];
  }

  /** Whether there was room for it. */
  boolean offer(Waiting waiting) {
    lock.lock();
    try {
      var member = waiting.member();
      if (closed
          || count[member] >= properties.inboxEnvelopesPerPeer()
          || bytes[member] + waiting.size() > properties.inboxBytesPerPeer().toBytes()) {
        return false;
      }
      count[member]++;
      bytes[member] += waiting.size();
      envelopes.add(waiting);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there was room for it. */
  boolean offer(Runnable task) {
    lock.lock();
    try {
      if (closed || tasks.size() >= properties.tasksMax()) {
        return false;
      }
      tasks.add(task);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for something, at most so long; what there is then, up to the limit of a batch. */
  Batch take(long nanosMax) throws InterruptedException {
    lock.lock();
    try {
      var left = nanosMax;
      while (envelopes.isEmpty() && tasks.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      var some = new ArrayList<Waiting>();
      while (some.size() < properties.batchMax() && !envelopes.isEmpty()) {
        var next = envelopes.remove();
        count[next.member()]--;
        bytes[next.member()] -= next.size();
        some.add(next);
      }
      var due = List.copyOf(tasks);
      tasks.clear();
      return new Batch(some, due, closed);
    } finally {
      lock.unlock();
    }
  }

  /** Waits, whatever arrives, until the time is over or it is closed; whether it is. */
  boolean pause(long millis) throws InterruptedException {
    lock.lock();
    try {
      var left = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
