package org.constellation.platform.member;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.constellation.protocol.envelope.Envelope;

/**
 * What waits for a member's next turn: envelopes, bounded per peer so that a flood from one leaves
 * room for the others, and the service's tasks. Filled from any thread.
 */
final class MemberInbox {

  private final MemberProperties properties;
  private final Deque<Waiting> envelopes = new ArrayDeque<>();
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final int[] count;
  private final long[] bytes;
  private boolean closed;

  /** An envelope of a peer. */
  record Waiting(int member, Envelope envelope, int size) {}

  /** What the member does next. */
  record Batch(List<Waiting> envelopes, List<Runnable> tasks) {}

  MemberInbox(int members, MemberProperties properties) {
    this.properties = properties;
    this.count = new int[members];
    this.bytes = new long[members];
  }

  /** Whether there was room for it. */
  synchronized boolean offer(Waiting waiting) {
    var member = waiting.member();
    if (closed
        || count[member] >= properties.inboxEnvelopesPerPeer()
        || bytes[member] + waiting.size() > properties.inboxBytesPerPeer().toBytes()) {
      return false;
    }
    count[member]++;
    bytes[member] += waiting.size();
    envelopes.add(waiting);
    return true;
  }

  /** Whether there was room for it. */
  synchronized boolean offer(Runnable task) {
    if (closed || tasks.size() >= properties.tasksMax()) {
      return false;
    }
    tasks.add(task);
    return true;
  }

  /** What there is, up to the limit of a batch. */
  synchronized Batch take() {
    var some = new ArrayList<Waiting>();
    while (some.size() < properties.batchMax() && !envelopes.isEmpty()) {
      var next = envelopes.remove();
      count[next.member()]--;
      bytes[next.member()] -= next.size();
      some.add(next);
    }
    var due = List.copyOf(tasks);
    tasks.clear();
    return new Batch(some, due);
  }

  synchronized boolean isEmpty() {
    return envelopes.isEmpty() && tasks.isEmpty();
  }

  /** Takes nothing any more. */
  synchronized void close() {
    closed = true;
  }
}
