package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.junit.jupiter.api.Test;

class ChainCodecTest {

  @Test
  void readsBackTheSegmentThatItWrote() {
    var key = Ed25519.best().generate(new Random(1));
    var star = new StarId(key.publicKey());
    var network = Hash.fromHex("11".repeat(32));
    var first =
        ChainCodec.halfBlock(
            network,
            star,
            1,
            Hash.ZERO,
            new Body.Proposal(
                star,
                List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, 7)),
                100,
                new Body.Memo("")));
    var second = ChainCodec.halfBlock(network, star, 2, first.id(), new Body.Agreement(first.id()));
    var segment =
        Segment.of(
            key.publicKey(), List.of(first, second), key.sign(Segment.signedMessage(second.id())));

    var decoded = ChainCodec.decodeSegment(ChainCodec.encode(segment));

    assertThat(decoded).isEqualTo(new Decoded.Valid<>(segment));
    assertThat(segment.isSignedBy(Ed25519.best())).isTrue();
  }

  @Test
  void takesNoAssetWithTheSymbolOfTheNetworksToken() {
    var key = Ed25519.best().generate(new Random(1));
    var star = new StarId(key.publicKey());
    var other =
        ChainCodec.halfBlock(
            Hash.ZERO, star, 1, Hash.ZERO, new Body.AssetDefinition("NoOs", "a", 0));
    var segment =
        Segment.of(key.publicKey(), List.of(other), key.sign(Segment.signedMessage(other.id())));
    var bytes = new String(ChainCodec.encode(segment).toArray(), StandardCharsets.ISO_8859_1);
    var forged = bytes.replace("NoOs", "No0S").getBytes(StandardCharsets.ISO_8859_1);

    assertThat(ChainCodec.decodeSegment(Bytes.copyOf(forged)))
        .isInstanceOf(Decoded.Malformed.class);
    assertThatIllegalArgumentException().isThrownBy(() -> new Body.AssetDefinition("no0s", "a", 0));
  }
}
