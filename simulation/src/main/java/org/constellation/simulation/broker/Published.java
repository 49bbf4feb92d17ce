package org.constellation.simulation.broker;

import java.util.Optional;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.jspecify.annotations.Nullable;

/** A record of a topic. */
public final class Published {

  private final long number;
  private final String from;
  private final String topic;
  private final Bytes key;
  private final Bytes value;
  private final Predicate<String> sees;
  private @Nullable Envelope envelope;
  private boolean isOpened;

  /**
   * @param number in the order of publishing
   * @param from the machine that published it
   * @param sees which machines get it at all: those who collude with a broker choose
   */
  Published(
      long number, String from, String topic, Bytes key, Bytes value, Predicate<String> sees) {
    this.number = number;
    this.from = from;
    this.topic = topic;
    this.key = key;
    this.value = value;
    this.sees = sees;
  }

  /** Its place in the order of publishing. */
  public long number() {
    return number;
  }

  /** The machine that published it. */
  public String from() {
    return from;
  }

  /** Where it was published. */
  public String topic() {
    return topic;
  }

  /** To whom it is addressed. */
  public Bytes key() {
    return key;
  }

  /** What its readers get. */
  public Bytes value() {
    return value;
  }

  /** Whether a machine gets it at all. */
  boolean isFor(String machine) {
    return sees.test(machine);
  }

  /**
   * The envelope that the value is, if it is one; its signature is yet to be checked. Read once:
   * all readers would make the same of it.
   */
  public Optional<Envelope> envelope() {
    if (!isOpened) {
      envelope = EnvelopeCodec.open(value).toOptional().orElse(null);
      isOpened = true;
    }
    return Optional.ofNullable(envelope);
  }
}
