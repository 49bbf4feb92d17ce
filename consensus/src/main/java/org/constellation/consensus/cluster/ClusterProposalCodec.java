package org.constellation.consensus.cluster;

import com.google.protobuf.ByteString;
import java.util.List;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.MessageFormat;

/** A facilitator's batch as bytes. */
final class ClusterProposalCodec {

  private static final MessageFormat<LayerMessages.ClusterProposal> FORMAT =
      MessageFormat.of(
          LayerMessages.ClusterProposal.parser(),
          LayerMessages.ClusterProposal.getDescriptor(),
          LayerLimits.PAYLOAD_BYTES_MAX);

  private ClusterProposalCodec() {}

  static Bytes encode(ClusterProposal proposal) {
    var message =
        LayerMessages.ClusterProposal.newBuilder()
            .setPrevious(string(proposal.previous()))
            .setGalaxyHeight(proposal.galaxyHeight())
            .setTime(proposal.timeMillis())
            .addAllLatenessMillis(proposal.latenessMillis());
    proposal.segments().forEach(reference -> message.addSegments(string(reference)));
    for (var evidence : proposal.evidence()) {
      message.addEvidence(ByteString.copyFrom(EvidenceCodec.encode(evidence).toArray()));
    }
    return FORMAT.encode(message.build());
  }

  static Decoded<ClusterProposal> decode(Bytes payload) {
    return FORMAT.decode(payload, ClusterProposalCodec::read);
  }

  private static ClusterProposal read(LayerMessages.ClusterProposal message) {
    return new ClusterProposal(
        hash(message.getPrevious()),
        message.getGalaxyHeight(),
        message.getTime(),
        message.getLatenessMillisList(),
        message.getSegmentsList().stream().map(ClusterProposalCodec::hash).toList(),
        evidence(message.getEvidenceList()));
  }

  private static List<Evidence> evidence(List<ByteString> encoded) {
    return encoded.stream()
        .map(one -> EvidenceCodec.decode(Bytes.copyOf(one.toByteArray())).toOptional())
        .map(one -> one.orElseThrow(() -> new IllegalArgumentException("evidence of nothing")))
        .toList();
  }

  private static ByteString string(Hash hash) {
    return ByteString.copyFrom(hash.toBytes());
  }

  private static Hash hash(ByteString bytes) {
    return Hash.of(bytes.toByteArray());
  }
}
