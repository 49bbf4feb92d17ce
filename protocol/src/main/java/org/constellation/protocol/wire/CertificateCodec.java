package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.wire.proto.BlockMessages;

/** Certificates. */
public final class CertificateCodec {

  /** A signature, its member, and what frames them. */
  private static final int SIGNATURE_BYTES_MAX = 80;

  private static final MessageFormat<BlockMessages.Certificate> CERTIFICATE =
      MessageFormat.of(
          BlockMessages.Certificate.parser(),
          BlockMessages.Certificate.getDescriptor(),
          SIGNATURE_BYTES_MAX * EraPlan.MEMBERS_MAX);

  private CertificateCodec() {}

  /** The one encoding of {@code certificate}. */
  public static Bytes encode(Certificate certificate) {
    return CERTIFICATE.encode(write(certificate));
  }

  /** Reads a certificate that is yet to be checked against a committee. */
  public static Decoded<Certificate> decode(Bytes bytes) {
    return CERTIFICATE.decode(bytes, CertificateCodec::read);
  }

  static BlockMessages.Certificate write(Certificate certificate) {
    var message = BlockMessages.Certificate.newBuilder();
    for (var signature : certificate.signatures()) {
      message.addSignatures(
          BlockMessages.MemberSignature.newBuilder()
              .setMember(signature.member())
              .setSignature(Fields.of(signature.signature())));
    }
    return message.build();
  }

  static Certificate read(BlockMessages.Certificate message) {
    return new Certificate(
        message.getSignaturesList().stream()
            .map(
                signature ->
                    new Certificate.MemberSignature(
                        Fields.natural(signature.getMember(), "member"),
                        Fields.signature(signature.getSignature(), "signature")))
            .toList());
  }
}
