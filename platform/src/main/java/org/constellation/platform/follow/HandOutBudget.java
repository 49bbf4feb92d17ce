package org.constellation.platform.follow;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.constellation.protocol.crypto.PublicKey;

/**
 * How much a server of blocks hands out in a second, to all and to each. Whoever asks in a loop
 * uses up its own share and leaves the rest to others. Owned by one thread.
 */
final class HandOutBudget {

  /** Most bytes in one second. */
  static final int BYTES_PER_SECOND_MAX = 32 * 1024 * 1024;

  /** Most bytes for one asker in one second, unless a single block is larger. */
  static final int SHARE_MAX = BYTES_PER_SECOND_MAX / 4;

  /** Askers whose shares are remembered; the one that asked longest ago is forgotten. */
  static final int ASKERS_MAX = 1_024;

  private static final long SECOND = 1_000;

  private final Clock clock;
  private final Map<PublicKey, Integer> shares =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PublicKey, Integer> eldest) {
          return size() > ASKERS_MAX;
        }
      };
  private long secondBegan;
  private int bytesInSecond;

  HandOutBudget(Clock clock) {
    this.clock = clock;
  }

  /** Whether so much may be handed out now; if so, it counts. */
  boolean take(PublicKey asker, int bytes) {
    var now = clock.millis();
    if (now - secondBegan >= SECOND || now < secondBegan) {
      secondBegan = now;
      bytesInSecond = 0;
      shares.clear();
    }
    var share = shares.getOrDefault(asker, 0);
    if (bytesInSecond + bytes > BYTES_PER_SECOND_MAX || (share > 0 && share + bytes > SHARE_MAX)) {
      return false;
    }
    bytesInSecond += bytes;
    shares.put(asker, share + bytes);
    return true;
  }
}
