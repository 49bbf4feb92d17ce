package org.constellation.platform.transport;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;

/** The network's own format. */
final class WireEnvelopeFormat implements EnvelopeFormat {

  @Override
  public byte[] seal(Envelope.Header header, List<Bytes> messages, SigningKey key) {
    return EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, key)).toArray();
  }

  @Override
  public Optional<Envelope> open(byte[] bytes) {
    return EnvelopeCodec.open(Bytes.copyOf(bytes)).toOptional();
  }

  @Override
  public boolean isSigned(Envelope envelope, SignatureVerifier verifier) {
    return EnvelopeCodec.isSigned(envelope, verifier);
  }
}
