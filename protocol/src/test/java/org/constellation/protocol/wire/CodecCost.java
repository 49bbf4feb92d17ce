package org.constellation.protocol.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.proto.ChainMessages;

/** Prints rough figures of what the codec costs; nothing is asserted about them. */
final class CodecCost {

  private CodecCost() {}

  /** Runs for some seconds. */
  public static void main(String[] arguments) {
    var key = Ed25519.best().generate(new Random(1));
    var star = new StarId(key.publicKey());
    var payment =
        new Body.Proposal(
            star,
            List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, 7)),
            600,
            new Body.Memo("thanks"));
    var halfBlock = ChainCodec.halfBlock(Hash.ZERO, star, 1, Hash.ZERO, payment);
    var raw = halfBlock.bytes().toArray();
    var form = CanonicalForm.of(ChainMessages.HalfBlock.getDescriptor());
    var segment =
        Segment.of(
            key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
    var segmentBytes = ChainCodec.encode(segment);
    var segments = new ArrayList<Segment>();
    for (var i = 0; i < 2_000; i++) {
      segments.add(segment);
    }
    var body = new CheckpointBody(segments, List.of());
    var bodyBytes = CheckpointCodec.encode(body);

    System.out.printf(
        "payment: half-block %d bytes, segment of one %d bytes%n",
        raw.length, segmentBytes.length());
    report(
        "make a half-block", 1, () -> ChainCodec.halfBlock(Hash.ZERO, star, 1, Hash.ZERO, payment));
    report("decode a half-block", 1, () -> ChainCodec.decodeHalfBlock(halfBlock.bytes()));
    report(
        "  of this: canonical form",
        1,
        () -> {
          form.check(raw);
          return raw;
        });
    report("encode a segment of one", 1, () -> ChainCodec.encode(segment));
    report("decode a segment of one", 1, () -> ChainCodec.decodeSegment(segmentBytes));
    report("encode a body of 2000 segments, each", 2_000, () -> CheckpointCodec.encode(body));
    report(
        "decode a body of 2000 segments, each", 2_000, () -> CheckpointCodec.decodeBody(bodyBytes));
    report("digest a body of 2000 segments, each", 2_000, () -> CheckpointCodec.bodyDigest(body));
  }

  private static void report(String what, int perCall, Supplier<?> call) {
    var best = Long.MAX_VALUE;
    var classes = new HashSet<Class<?>>(); // results are used, so that no call is optimised away
    for (var round = 0; round < 8; round++) {
      var calls = 200_000 / perCall / (perCall > 1 ? 4 : 1);
      var start = System.nanoTime();
      for (var i = 0; i < calls; i++) {
        classes.add(call.get().getClass());
      }
      best = Math.min(best, (System.nanoTime() - start) / calls / perCall);
    }
    System.out.printf("%-40s %,8d ns, %s%n", what, best, classes);
  }
}
