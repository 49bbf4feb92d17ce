package org.constellation.protocol.envelope;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.merkle.MerklePath;

/** One message of an envelope with what proves that the envelope's sender said it. */
public record SignedMessage(
    Envelope.Header header,
    Bytes headerBytes,
    Bytes message,
    MerklePath path,
    Signature signature) {}
