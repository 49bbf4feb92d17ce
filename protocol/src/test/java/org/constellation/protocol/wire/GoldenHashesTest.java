package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.junit.jupiter.api.Test;

/** What is signed or named must hash to the same for good. */
class GoldenHashesTest {

  private static final Hash SOME = Hash.fromHex("44".repeat(32));

  @Test
  void namesThingsAsEver() {
    var samples = new Samples(1);

    assertThat(
            List.of(
                samples.halfBlock().id().toHex(),
                samples.segment().reference().toHex(),
                samples.notice().id().toHex(),
                samples.certifiedCheckpoint().header().hash().toHex(),
                samples.galaxyBlock().header().hash().toHex(),
                samples.genesis().network().toHex(),
                CheckpointHeader.genesisOf(SOME, 3).toHex(),
                GalaxyHeader.genesisOf(SOME).toHex()))
        .containsExactly(
            "f28a3b1f960c77584f83e1a1e05218aa9ec50fc23b590d79f4e3e09dd7cc98da",
            "5fd2e280bd72f1915872ff169e96316377f703e49a07e3d097dd5125869b5725",
            "b31f7c1d33031d063ffd89c2efb811f206c6f477669e1f1f06fd22b1a8654a84",
            "31bc8f31efd542d02daeeb1ce69cf96ec2421a757b661db8afcdb76b3f011755",
            "7e1bedc80fd07e453ef0d1d41d5b7539a4478af1ad99e23335e16ec2a2485416",
            "510f798fcaf040a072c643620cd7a012e415586999f81dab799fffe3b1d18f21",
            "fd5597136d18d695b612f912a0fb6ff3649e7d18d9ed4df2e5ccd33f43ab34b7",
            "9b10d455d2e0497ccd4dea72b6d4888bd2c9f64eba8f8072108cb9d4d065b50a");
  }

  @Test
  void signsTheSameBytesAsEver() {
    var key = Ed25519.best().generate(new Random(1));
    var header = new Envelope.Header(SOME, Committee.ofCluster(2), 1, key.publicKey(), 9, 1_000);
    var messages = List.of(SOME, Hash.ZERO, SOME);
    var envelope =
        EnvelopeCodec.seal(
            header, messages.stream().map(hash -> Bytes.copyOf(hash.toBytes())).toList(), key);

    assertThat(
            List.of(
                Hash.of(Segment.signedMessage(SOME)).toHex(),
                Hash.of(Certificate.signedMessage(SOME)).toHex(),
                envelope.signature().toHex()))
        .containsExactly(
            "c080a2df11bca59438ea23309363892fa9df63b269fbde0f7973149415271630",
            "ced5894bf4d73a59ebf681368f6c27b55a515d636cac4157f046da27ecafc136",
            "7a15b90a4b6184a163d45c8fd3f3e1c4fe07d8740d22c1cf7b4247f948094f37"
                + "60ba07c3421650e31b0e779757afea3778dfe87aa4e6332f45afa99902dd2b07");
  }
}
