package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.protocol.Bytes;

/** Answers pulls, so many bytes a second for each member and no more. */
final class Answers {

  private static final long SECOND_MILLIS = 1_000;

  private final long[] windowStart;
  private final long[] windowBytes;

  Answers(int members) {
    this.windowStart = new long[members];
    this.windowBytes = new long[members];
  }

  /** Sends what there is of {@code pull}, up to the limit of one answer. */
  <B> void answer(
      int member, LayerMessage.Pull pull, Function<PullKey, Optional<Bytes>> shelf, Turn<B> turn) {
    var parts = new ArrayList<LayerMessage.Part>();
    var room = room(member, turn.nowMillis());
    var limit = room;
    for (var item : pull.items().subList(0, itemsOf(pull))) {
      if (room <= 0) {
        break;
      }
      var found = shelf.apply(item.key());
      if (found.isPresent() && item.offset() >= 0 && item.offset() <= found.get().length()) {
        var whole = found.get();
        var rest = whole.length() - item.offset();
        var length = Math.min(room, rest);
        if (length < Math.min(rest, LayerLimits.PART_BYTES_MIN)) {
          break; // too short a part is refused; there is more room for it in the next answer
        }
        parts.add(
            new LayerMessage.Part(
                item.key(), whole.length(), item.offset(), slice(whole, item.offset(), length)));
        room -= length;
      }
    }
    if (!parts.isEmpty()) {
      windowBytes[member] += limit - room;
      turn.step().answer(member, LayerCodec.encode(new LayerMessage.Parts(parts)));
    }
  }

  private static int itemsOf(LayerMessage.Pull pull) {
    return Math.min(LayerLimits.PULL_ITEMS_MAX, pull.items().size());
  }

  private int room(int member, long nowMillis) {
    var elapsed = nowMillis - windowStart[member];
    if (elapsed >= SECOND_MILLIS || elapsed < 0) {
      windowStart[member] = nowMillis;
      windowBytes[member] = 0;
    }
    var left = LayerLimits.ANSWER_BYTES_PER_SECOND_MAX - windowBytes[member];
    return (int) Math.min(LayerLimits.ANSWER_BYTES_MAX, left);
  }

  private static Bytes slice(Bytes whole, int offset, int length) {
    return offset == 0 && length == whole.length()
        ? whole
        : Bytes.copyOf(Arrays.copyOfRange(whole.toArray(), offset, offset + length));
  }
}
