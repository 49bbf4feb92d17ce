package org.constellation.simulation.byzantine;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * A true certificate, to be shown under another number: the notice that carries it names a header
 * by its hash, and nobody signs the number beside it.
 *
 * @param round that it ends
 */
record Misnumbered(long round, Hash hash, Certificate certificate) {

  /** The certificate of the block in a chunk; nothing if it is no such chunk. */
  static Optional<Misnumbered> of(Bytes message, boolean isGalaxy) {
    return BlockChunks.decode(message)
        .toOptional()
        .filter(chunk -> chunk.total() == 1)
        .map(BlockChunk::bytes)
        .flatMap(encoded -> isGalaxy ? galaxy(encoded) : checkpoint(encoded));
  }

  private static Optional<Misnumbered> galaxy(Bytes encoded) {
    return GalaxyCodec.decode(encoded)
        .toOptional()
        .map(
            block ->
                new Misnumbered(
                    block.header().height(), block.header().hash(), block.certificate()));
  }

  private static Optional<Misnumbered> checkpoint(Bytes encoded) {
    return CheckpointCodec.decode(encoded)
        .toOptional()
        .map(
            block ->
                new Misnumbered(
                    block.header().round(), block.header().hash(), block.certificate()));
  }

  /** The notice that says so. */
  Bytes underRound(long number) {
    var notice =
        LayerMessages.CertificateNotice.newBuilder()
            .setRound(number)
            .setHash(ByteString.copyFrom(hash.toBytes()));
    for (var one : certificate.signatures()) {
      notice.addSignatures(
          LayerMessages.HeaderSignature.newBuilder()
              .setMember(one.member())
              .setSignature(ByteString.copyFrom(one.signature().toBytes())));
    }
    return Bytes.copyOf(
        LayerMessages.LayerMessage.newBuilder().setCertified(notice).build().toByteArray());
  }
}
