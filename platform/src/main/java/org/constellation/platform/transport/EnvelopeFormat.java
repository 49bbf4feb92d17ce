package org.constellation.platform.transport;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Envelope;

/** Between envelopes and the bytes of a record. */
interface EnvelopeFormat {

  /** Signs and encodes. */
  byte[] seal(Envelope.Header header, List<Bytes> messages, SigningKey key);

  /** Decodes without checking the signature; empty for anything that is no envelope. */
  Optional<Envelope> open(byte[] record);

  /** Whether the header's sender signed exactly these messages. */
  boolean isSigned(Envelope envelope, SignatureVerifier verifier);
}
