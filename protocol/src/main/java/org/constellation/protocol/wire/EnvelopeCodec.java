package org.constellation.protocol.wire;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.merkle.MerklePath;
import org.constellation.protocol.merkle.MerkleTree;
import org.constellation.protocol.wire.Decoded.Reason;
import org.constellation.protocol.wire.proto.EnvelopeMessages;

/** Envelopes, and single messages taken out of them. */
public final class EnvelopeCodec {

  private static final int HEADER_BYTES_MAX = 256;

  /** Header, message, the longest path there is, signature and what frames them. */
  private static final int SIGNED_MESSAGE_BYTES_MAX = 3 * 1024;

  private static final MessageFormat<EnvelopeMessages.EnvelopeHeader> HEADER =
      MessageFormat.of(
          EnvelopeMessages.EnvelopeHeader.parser(),
          EnvelopeMessages.EnvelopeHeader.getDescriptor(),
          HEADER_BYTES_MAX);
  private static final MessageFormat<EnvelopeMessages.Envelope> ENVELOPE =
      MessageFormat.of(
          EnvelopeMessages.Envelope.parser(),
          EnvelopeMessages.Envelope.getDescriptor(),
          Envelope.BYTES_MAX);
  private static final MessageFormat<EnvelopeMessages.SignedMessage> SIGNED_MESSAGE =
      MessageFormat.of(
          EnvelopeMessages.SignedMessage.parser(),
          EnvelopeMessages.SignedMessage.getDescriptor(),
          SIGNED_MESSAGE_BYTES_MAX);

  private EnvelopeCodec() {}

  /**
   * Puts messages under one signature.
   *
   * @param key the key of {@code header}'s sender
   * @throws IllegalArgumentException if there are too many, or {@code key} is another's
   */
  public static Envelope seal(Envelope.Header header, List<Bytes> messages, SigningKey key) {
    if (!key.publicKey().equals(header.sender())) {
      throw new IllegalArgumentException("the sender signs with its own key");
    }
    var headerBytes = encodeHeader(header);
    var signed = signedMessage(headerBytes, MerkleTree.of(messages).root());
    return new Envelope(header, headerBytes, messages, key.sign(signed));
  }

  static Bytes encodeHeader(Envelope.Header header) {
    var message = write(header);
    if (!read(message).equals(header)) {
      throw new IllegalArgumentException("a header that nobody would read as it is");
    }
    return HEADER.encode(message);
  }

  /**
   * The one encoding of {@code envelope}.
   *
   * @throws IllegalArgumentException if it is longer than {@link Envelope#BYTES_MAX}
   */
  public static Bytes encode(Envelope envelope) {
    var message =
        EnvelopeMessages.Envelope.newBuilder()
            .setHeader(Fields.of(envelope.headerBytes()))
            .setSignature(Fields.of(envelope.signature()));
    for (var content : envelope.messages()) {
      message.addMessages(Fields.of(content));
    }
    return ENVELOPE.encode(message.build());
  }

  /** Reads an envelope whose signature is yet to be checked. */
  public static Decoded<Envelope> open(Bytes bytes) {
    return ENVELOPE.decode(bytes, EnvelopeCodec::read);
  }

  /** Whether the sender named in the header signed all of it. */
  public static boolean isSigned(Envelope envelope, SignatureVerifier verifier) {
    return verifier.verify(
        envelope.header().sender(),
        signedMessage(envelope.headerBytes(), envelope.tree().root()),
        envelope.signature());
  }

  /**
   * Takes one message out, with what proves that the sender said it.
   *
   * @throws IndexOutOfBoundsException if there is no such message
   */
  public static SignedMessage extract(Envelope envelope, int index) {
    var path = envelope.tree().path(index);
    return new SignedMessage(
        envelope.header(),
        envelope.headerBytes(),
        envelope.messages().get(index),
        path.index(),
        path.size(),
        path.siblings(),
        envelope.signature());
  }

  /** The one encoding of {@code message}. */
  public static Bytes encode(SignedMessage message) {
    return SIGNED_MESSAGE.encode(write(message));
  }

  /** Reads a message whose signature is yet to be checked. */
  public static Decoded<SignedMessage> decodeMessage(Bytes bytes) {
    return SIGNED_MESSAGE.decode(bytes, EnvelopeCodec::read);
  }

  /** Whether the sender named in the header signed an envelope with this message in it. */
  public static boolean isSigned(SignedMessage message, SignatureVerifier verifier) {
    return new MerklePath(message.index(), message.size(), message.siblings())
        .rootFrom(message.message())
        .map(root -> signedMessage(message.headerBytes(), root))
        .filter(signed -> verifier.verify(message.header().sender(), signed, message.signature()))
        .isPresent();
  }

  static EnvelopeMessages.SignedMessage write(SignedMessage message) {
    var to =
        EnvelopeMessages.SignedMessage.newBuilder()
            .setHeader(Fields.of(message.headerBytes()))
            .setMessage(Fields.of(message.message()))
            .setIndex(message.index())
            .setSize(message.size())
            .setSignature(Fields.of(message.signature()));
    for (var sibling : message.siblings()) {
      to.addPath(Fields.of(sibling));
    }
    return to.build();
  }

  static SignedMessage read(EnvelopeMessages.SignedMessage message) {
    var headerBytes = Fields.bytes(message.getHeader());
    Fields.atMost(MerklePath.SIBLINGS_MAX, message.getPathCount(), "siblings");
    Fields.atMost(SignedMessage.MESSAGE_BYTES_MAX, message.getMessage().size(), "message bytes");
    return new SignedMessage(
        read(HEADER.parse(headerBytes)),
        headerBytes,
        Fields.bytes(message.getMessage()),
        Fields.natural(message.getIndex(), "index"),
        Fields.natural(message.getSize(), "size"),
        message.getPathList().stream().map(sibling -> Fields.hash(sibling, "sibling")).toList(),
        Fields.signature(message.getSignature(), "signature"));
  }

  private static Envelope read(EnvelopeMessages.Envelope message) {
    Fields.atMost(Envelope.MESSAGES_MAX, message.getMessagesCount(), "messages");
    var headerBytes = Fields.bytes(message.getHeader());
    return new Envelope(
        read(HEADER.parse(headerBytes)),
        headerBytes,
        message.getMessagesList().stream().map(Fields::bytes).toList(),
        Fields.signature(message.getSignature(), "signature"));
  }

  private static EnvelopeMessages.EnvelopeHeader write(Envelope.Header header) {
    return EnvelopeMessages.EnvelopeHeader.newBuilder()
        .setNetwork(Fields.of(header.network()))
        .setLayer(header.committee().layer().code())
        .setCluster(header.committee().cluster())
        .setEra(header.era())
        .setSender(Fields.of(header.sender()))
        .setCounter(header.counter())
        .setSentAt(header.sentAtMillis())
        .build();
  }

  private static Envelope.Header read(EnvelopeMessages.EnvelopeHeader message) {
    return new Envelope.Header(
        Fields.hash(message.getNetwork(), "network"),
        committee(message.getLayer(), message.getCluster()),
        Fields.natural(message.getEra(), "era"),
        Fields.key(message.getSender(), "sender"),
        Fields.natural(message.getCounter(), "counter"),
        Fields.natural(message.getSentAt(), "sent at"));
  }

  static Committee committee(int layerCode, int cluster) {
    for (var layer : Committee.Layer.values()) {
      if (layer.code() == layerCode) {
        return new Committee(layer, Fields.natural(cluster, "cluster"));
      }
    }
    throw new Rejection(Reason.UNKNOWN_CODE, "layer has an unknown code");
  }

  private static byte[] signedMessage(Bytes headerBytes, Hash root) {
    return Hashing.tagged("CSTL-V1-ENVELOPE").bytes(headerBytes).hash(root).finish().toBytes();
  }
}
