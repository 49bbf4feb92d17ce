package org.constellation.consensus.galaxy;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.function.Function;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.MessageFormat;
import org.constellation.protocol.wire.NoticeCodec;

/** A galaxy member's batch as bytes. */
final class GalaxyProposalCodec {

  private static final MessageFormat<LayerMessages.GalaxyProposal> FORMAT =
      MessageFormat.of(
          LayerMessages.GalaxyProposal.parser(),
          LayerMessages.GalaxyProposal.getDescriptor(),
          LayerLimits.PAYLOAD_BYTES_MAX);

  private GalaxyProposalCodec() {}

  static Bytes encode(GalaxyProposal proposal) {
    var message =
        LayerMessages.GalaxyProposal.newBuilder()
            .setPrevious(string(proposal.previous()))
            .setTime(proposal.timeMillis())
            .addAllLatenessMillis(proposal.latenessMillis());
    proposal.checkpoints().forEach(header -> message.addCheckpoints(string(header)));
    for (var notice : proposal.notices()) {
      message.addNotices(string(NoticeCodec.encode(notice)));
    }
    for (var evidence : proposal.evidence()) {
      message.addEvidence(string(EvidenceCodec.encode(evidence)));
    }
    for (var vote : proposal.votes()) {
      message.addVotes(
          LayerMessages.TableVoteEntry.newBuilder()
              .setKind(vote.kind())
              .setAsOfHeight(vote.asOfHeight())
              .setModelHash(string(vote.modelHash()))
              .setDigest(string(vote.digest())));
    }
    return FORMAT.encode(message.build());
  }

  static Decoded<GalaxyProposal> decode(Bytes payload) {
    return FORMAT.decode(payload, GalaxyProposalCodec::read);
  }

  private static GalaxyProposal read(LayerMessages.GalaxyProposal message) {
    return new GalaxyProposal(
        hash(message.getPrevious()),
        message.getTime(),
        message.getLatenessMillisList(),
        message.getCheckpointsList().stream().map(GalaxyProposalCodec::hash).toList(),
        each(message.getNoticesList(), NoticeCodec::decode),
        each(message.getEvidenceList(), EvidenceCodec::decode),
        message.getVotesList().stream()
            .map(
                vote ->
                    new TableVote(
                        vote.getKind(),
                        vote.getAsOfHeight(),
                        hash(vote.getModelHash()),
                        hash(vote.getDigest())))
            .toList());
  }

  private static <T> List<T> each(List<ByteString> encoded, Function<Bytes, Decoded<T>> codec) {
    return encoded.stream()
        .map(one -> codec.apply(Bytes.copyOf(one.toByteArray())).toOptional())
        .map(one -> one.orElseThrow(() -> new IllegalArgumentException("an entry of nothing")))
        .toList();
  }

  private static ByteString string(Hash hash) {
    return ByteString.copyFrom(hash.toBytes());
  }

  private static ByteString string(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  private static Hash hash(ByteString bytes) {
    return Hash.of(bytes.toByteArray());
  }
}
