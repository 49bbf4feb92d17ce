package org.constellation.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.Certificate.MemberSignature;
import org.junit.jupiter.api.Test;

class CertificateCheckTest {

  private static final SettledBlock BLOCK = new SettledBlock(1);

  private static CertificateCheck.Verdict check(Certificate certificate) {
    return CertificateCheck.check(
        certificate, BLOCK.header().hash(), BLOCK.genesis().galaxy(), SettledBlock.ED25519);
  }

  private static Certificate signedBy(int... members) {
    return BLOCK.certificate(BLOCK.header().hash(), members);
  }

  @Test
  void namesTheSigners() {
    assertThat(check(signedBy(0, 2, 3)))
        .isEqualTo(new CertificateCheck.Certified(List.of(0, 2, 3)));
    assertThat(check(signedBy(0, 1, 2, 3)))
        .isEqualTo(new CertificateCheck.Certified(List.of(0, 1, 2, 3)));
  }

  @Test
  void refusesFewerThanAQuorum() {
    assertThat(check(signedBy(0, 3)))
        .isEqualTo(new CertificateCheck.Refused(CertificateCheck.Reason.TOO_FEW_SIGNATURES, -1));
  }

  @Test
  void refusesAMemberThatDoesNotExist() {
    var signatures = new ArrayList<>(signedBy(0, 1, 2).signatures());
    signatures.add(new MemberSignature(4, signatures.getFirst().signature()));

    assertThat(check(new Certificate(signatures)))
        .isEqualTo(new CertificateCheck.Refused(CertificateCheck.Reason.UNKNOWN_MEMBER, 4));
  }

  @Test
  void refusesOneBadSignatureAmongEnoughGoodOnes() {
    var signatures = new ArrayList<>(signedBy(0, 1, 2).signatures());
    signatures.add(new MemberSignature(3, signatures.getFirst().signature()));

    assertThat(check(new Certificate(signatures)))
        .isEqualTo(new CertificateCheck.Refused(CertificateCheck.Reason.BAD_SIGNATURE, 3));
  }
}
