package org.constellation.platform.transport;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;

/**
 * Puts messages into envelopes of one sender, signed and numbered. Safe for use by several threads.
 */
public final class EnvelopeSealer {

  /** Header, signature and framing of an envelope stay far below this. */
  private static final int ENVELOPE_OVERHEAD = 1_024;

  /** Tag and length of one message. */
  private static final int MESSAGE_OVERHEAD = 6;

  private static final int BODY_BYTES_MAX = Envelope.BYTES_MAX - ENVELOPE_OVERHEAD;

  private final Sender sender;
  private final Clock clock;
  private final AtomicLong counter = new AtomicLong();

  /**
   * @param sender in whose name
   * @param clock gives the time that envelopes claim
   */
  public EnvelopeSealer(Sender sender, Clock clock) {
    this.sender = sender;
    this.clock = clock;
  }

  /**
   * Seals {@code messages} in order, in as few envelopes as their limits allow.
   *
   * @param records takes each envelope, as the value of a record
   * @param oversized takes each message that fits no envelope
   */
  public void seal(List<Bytes> messages, Consumer<byte[]> records, Consumer<Bytes> oversized) {
    var some = new ArrayList<Bytes>();
    var bytes = 0;
    for (var message : messages) {
      var length = message.length() + MESSAGE_OVERHEAD;
      if (length > BODY_BYTES_MAX) {
        oversized.accept(message);
        continue;
      }
      if (bytes + length > BODY_BYTES_MAX || some.size() == Envelope.MESSAGES_MAX) {
        records.accept(seal(some));
        some.clear();
        bytes = 0;
      }
      some.add(message);
      bytes += length;
    }
    if (!some.isEmpty()) {
      records.accept(seal(some));
    }
  }

  private byte[] seal(List<Bytes> messages) {
    var header =
        new Envelope.Header(
            sender.network(),
            sender.committee(),
            sender.era(),
            sender.key().publicKey(),
            counter.incrementAndGet(),
            clock.millis());
    return EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, sender.key())).toArray();
  }
}
