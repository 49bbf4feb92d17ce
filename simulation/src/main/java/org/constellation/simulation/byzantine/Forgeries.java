package org.constellation.simulation.byzantine;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.simulation.time.Dice;

/** Blocks under certificates that certify nothing. */
final class Forgeries {

  private Forgeries() {}

  /** A chunk with a whole block, and what is made of that; nothing if it is no such chunk. */
  static Optional<List<Bytes>> of(
      Bytes message, boolean isGalaxy, Function<Hash, Certificate.MemberSignature> own, Dice dice) {
    return BlockChunks.decode(message)
        .toOptional()
        .filter(chunk -> chunk.total() == 1)
        .flatMap(
            chunk ->
                (isGalaxy ? galaxy(chunk.bytes(), dice) : checkpoint(chunk.bytes(), own, dice))
                    .map(forged -> chunks(chunk, forged)));
  }

  private record Forged(Hash hash, Bytes encoded) {}

  private static List<Bytes> chunks(BlockChunk real, Forged forged) {
    var chunks = new ArrayList<Bytes>();
    for (var chunk : BlockChunks.cut(real.number(), forged.hash(), forged.encoded())) {
      chunks.add(BlockChunks.encode(chunk));
    }
    return chunks;
  }

  private static Optional<Forged> checkpoint(
      Bytes encoded, Function<Hash, Certificate.MemberSignature> own, Dice dice) {
    return CheckpointCodec.decode(encoded)
        .toOptional()
        .map(
            real -> {
              var header = dice.percent(50) ? Falsehoods.otherHeader(real) : real.header();
              var certificate =
                  header.hash().equals(real.header().hash())
                      ? weakened(real.certificate(), dice)
                      : dice.percent(50)
                          ? real.certificate()
                          : new Certificate(List.of(own.apply(header.hash())));
              return new Forged(
                  header.hash(),
                  CheckpointCodec.encode(
                      new CertifiedCheckpoint(header, certificate, real.body())));
            });
  }

  private static Optional<Forged> galaxy(Bytes encoded, Dice dice) {
    return GalaxyCodec.decode(encoded)
        .toOptional()
        .map(
            real ->
                new Forged(
                    real.header().hash(),
                    GalaxyCodec.encode(
                        new GalaxyBlock(
                            real.header(),
                            weakened(real.certificate(), dice),
                            real.content(),
                            real.receipts()))));
  }

  /** As many signatures as the faulty could make, or one that is none. */
  private static Certificate weakened(Certificate real, Dice dice) {
    var signatures = new ArrayList<>(real.signatures());
    if (dice.percent(50)) {
      var most = signatures.size() / 2;
      return new Certificate(signatures.subList(0, Math.max(1, most)));
    }
    var at = dice.below(signatures.size());
    var nothing = Signature.of(new byte[Signature.LENGTH]);
    signatures.set(at, new Certificate.MemberSignature(signatures.get(at).member(), nothing));
    return new Certificate(signatures);
  }

  /** A certificate under a hash that is too short, in a message that is none the worse for it. */
  static Optional<Bytes> maimed(Bytes message) {
    try {
      var said = LayerMessages.LayerMessage.parseFrom(message.toArray());
      if (!said.hasCertified() || said.getCertified().getHash().isEmpty()) {
        return Optional.empty();
      }
      var notice = said.getCertified();
      var shorter = notice.getHash().substring(1);
      return Optional.of(
          Bytes.copyOf(
              said.toBuilder()
                  .setCertified(notice.toBuilder().setHash(shorter))
                  .build()
                  .toByteArray()));
    } catch (InvalidProtocolBufferException e) {
      // A vote, for one.
      return Optional.empty();
    }
  }
}
