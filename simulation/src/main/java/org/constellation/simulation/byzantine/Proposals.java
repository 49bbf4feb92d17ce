package org.constellation.simulation.byzantine;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Optional;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.wire.EvidenceCodec;

/** Proposals as they travel, and what can be made of them. */
final class Proposals {

  private Proposals() {}

  /** A proposal, if the message carries one. */
  static Optional<LayerMessages.Payload> read(Bytes message) {
    return layerMessage(message)
        .filter(read -> read.getKindCase() == LayerMessages.LayerMessage.KindCase.PAYLOAD)
        .map(LayerMessages.LayerMessage::getPayload);
  }

  /** What members say beside votes. */
  static Optional<LayerMessages.LayerMessage> layerMessage(Bytes message) {
    try {
      return Optional.of(LayerMessages.LayerMessage.parseFrom(message.toArray()));
    } catch (InvalidProtocolBufferException e) {
      return Optional.empty();
    }
  }

  /** An answer that shows no votes; every other message as it is. */
  static Bytes withoutVotes(Bytes message) {
    return layerMessage(message)
        .filter(read -> read.getKindCase() == LayerMessages.LayerMessage.KindCase.ANSWER)
        .map(read -> read.toBuilder().setAnswer(read.getAnswer().toBuilder().clearVotes()).build())
        .map(answer -> Bytes.copyOf(answer.toByteArray()))
        .orElse(message);
  }

  static Bytes encode(long round, Bytes payload) {
    return Bytes.copyOf(
        LayerMessages.LayerMessage.newBuilder()
            .setPayload(
                LayerMessages.Payload.newBuilder()
                    .setRound(round)
                    .setPayload(ByteString.copyFrom(payload.toArray())))
            .build()
            .toByteArray());
  }

  /** What votes name a payload by. */
  static Hash digest(long round, int proposer, Bytes payload) {
    return Hashing.tagged("CSTL-V1-PAYLOAD")
        .number(round)
        .number(proposer)
        .bytes(payload.toArray())
        .finish();
  }

  /** The same proposal as if made so much later. */
  static Bytes later(Bytes payload, Committee committee, long millis) {
    try {
      return Bytes.copyOf(
          committee.equals(Committee.GALAXY)
              ? galaxy(payload).toBuilder()
                  .setTime(galaxy(payload).getTime() + millis)
                  .build()
                  .toByteArray()
              : cluster(payload).toBuilder()
                  .setTime(cluster(payload).getTime() + millis)
                  .build()
                  .toByteArray());
    } catch (InvalidProtocolBufferException e) {
      return payload;
    }
  }

  /** The same proposal, naming a body that there is not. */
  static Bytes withAbsentBody(long round, Bytes payload, Committee committee) {
    var nothing =
        ByteString.copyFrom(Hashing.tagged("SIMULATED-NOTHING").number(round).finish().toBytes());
    try {
      return Bytes.copyOf(
          committee.equals(Committee.GALAXY)
              ? galaxy(payload).toBuilder().addCheckpoints(nothing).build().toByteArray()
              : cluster(payload).toBuilder().addSegments(nothing).build().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      return payload;
    }
  }

  /** The same proposal with a piece of evidence. */
  static Bytes withEvidence(Bytes payload, Evidence evidence, Committee committee) {
    var piece = ByteString.copyFrom(EvidenceCodec.encode(evidence).toArray());
    try {
      return Bytes.copyOf(
          committee.equals(Committee.GALAXY)
              ? galaxy(payload).toBuilder().addEvidence(piece).build().toByteArray()
              : cluster(payload).toBuilder().addEvidence(piece).build().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      return payload;
    }
  }

  private static LayerMessages.GalaxyProposal galaxy(Bytes payload)
      throws InvalidProtocolBufferException {
    return LayerMessages.GalaxyProposal.parseFrom(payload.toArray());
  }

  private static LayerMessages.ClusterProposal cluster(Bytes payload)
      throws InvalidProtocolBufferException {
    return LayerMessages.ClusterProposal.parseFrom(payload.toArray());
  }
}
