package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.Decoded.Reason;
import org.constellation.protocol.wire.proto.NoticeMessages;

/** Notices. */
public final class NoticeCodec {

  /** Key, signature and what frames them. */
  private static final int FRAME_BYTES = 128;

  private static final MessageFormat<NoticeMessages.NoticeBody> BODY =
      MessageFormat.of(
          NoticeMessages.NoticeBody.parser(),
          NoticeMessages.NoticeBody.getDescriptor(),
          Notice.KEY_GENERATION_BYTES_MAX);
  private static final MessageFormat<NoticeMessages.Notice> NOTICE =
      MessageFormat.of(
          NoticeMessages.Notice.parser(),
          NoticeMessages.Notice.getDescriptor(),
          Notice.KEY_GENERATION_BYTES_MAX + FRAME_BYTES);

  private NoticeCodec() {}

  /**
   * Makes a notice: encodes it, names it, signs it.
   *
   * @throws IllegalArgumentException if it breaks a limit
   */
  public static Notice notice(
      Hash network, StarId star, long counter, Notice.Payload payload, SigningKey key) {
    var body = body(network, star, counter, payload);
    var signature = key.sign(Notice.idOf(body.toArray()).toBytes());
    return readBody(BODY.parse(body), body, key.publicKey(), signature);
  }

  /**
   * The bytes of which a notice's id is made, for a star that signs the id somewhere else.
   *
   * @throws IllegalArgumentException if they break a limit
   */
  public static Bytes body(Hash network, StarId star, long counter, Notice.Payload payload) {
    return BODY.encode(
        PayloadCodec.write(NoticeMessages.NoticeBody.newBuilder(), payload)
            .setNetwork(Fields.of(network))
            .setStar(Fields.of(star))
            .setCounter(counter)
            .build());
  }

  /** Puts a signature made somewhere else to the body that it was made for. */
  public static Decoded<Notice> signed(Bytes body, PublicKey key, Signature signature) {
    return BODY.decode(body, message -> readBody(message, body, key, signature));
  }

  /** The one encoding of {@code notice}. */
  public static Bytes encode(Notice notice) {
    return NOTICE.encode(write(notice));
  }

  /** Reads a notice whose signature is yet to be checked. */
  public static Decoded<Notice> decode(Bytes bytes) {
    return NOTICE.decode(bytes, NoticeCodec::read);
  }

  static NoticeMessages.Notice write(Notice notice) {
    return NoticeMessages.Notice.newBuilder()
        .setBody(Fields.of(notice.body()))
        .setKey(Fields.of(notice.key()))
        .setSignature(Fields.of(notice.signature()))
        .build();
  }

  static Notice read(NoticeMessages.Notice message) {
    var body = Fields.bytes(message.getBody());
    return readBody(
        BODY.parse(body),
        body,
        Fields.key(message.getKey(), "key"),
        Fields.signature(message.getSignature(), "signature"));
  }

  private static Notice readBody(
      NoticeMessages.NoticeBody message, Bytes body, PublicKey key, Signature signature) {
    var notice =
        new Notice(
            Fields.hash(message.getNetwork(), "network"),
            Fields.star(message.getStar(), "star"),
            Fields.natural(message.getCounter(), "counter"),
            PayloadCodec.read(message),
            body,
            key,
            signature,
            Notice.idOf(body.toArray()));
    if (body.length() > Notice.bytesMax(notice.kind())) {
      throw new Rejection(Reason.TOO_LONG, body.length() + " bytes of " + notice.kind());
    }
    return notice;
  }
}
