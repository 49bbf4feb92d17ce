package org.constellation.platform.transport;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.constellation.platform.topics.Purpose;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Envelope;

/**
 * Opens what Spring Cloud Stream hands to a function: the same checks as in {@link Transport},
 * while polling and places are the binder's. For topics of which a reader may miss something,
 * because it is sent again or stands in the ledger.
 */
public final class StreamEnvelopes {

  private final RecordCheck check;

  /**
   * @param network envelopes of other networks are refused
   * @param meters count what was accepted and what was refused
   */
  public StreamEnvelopes(Hash network, SignatureVerifier verifier, MeterRegistry meters) {
    this.check = new RecordCheck("stream", network, verifier, new WireEnvelopeFormat(), meters);
  }

  /** The envelope; empty, and counted, if it is no sound one that is wanted. */
  public Optional<Envelope> open(Purpose purpose, SenderCheck senders, byte[] bytes) {
    return check.open(purpose, senders, bytes);
  }
}
