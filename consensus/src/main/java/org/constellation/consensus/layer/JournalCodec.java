package org.constellation.consensus.layer;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Optional;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.Slot;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.layer.proto.LayerMessages.JournalEntry;
import org.constellation.consensus.layer.proto.LayerMessages.JournalledBody;
import org.constellation.consensus.layer.proto.LayerMessages.JournalledMessage;
import org.constellation.consensus.layer.proto.LayerMessages.JournalledPayload;
import org.constellation.consensus.layer.proto.LayerMessages.JournalledSet;
import org.constellation.consensus.layer.proto.LayerMessages.JournalledVote;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.EnvelopeCodec;

/** Journal records as bytes. They are this member's own, so a damaged one is simply nothing. */
final class JournalCodec {

  private JournalCodec() {}

  static Bytes encode(JournalRecord entry) {
    var encoded = JournalEntry.newBuilder().setRound(entry.round());
    switch (entry) {
      case JournalRecord.Proposed(_, var payload) -> encoded.setProposed(string(payload));
      case JournalRecord.Payload(_, var proposer, var payload) ->
          encoded.setPayload(
              JournalledPayload.newBuilder().setProposer(proposer).setPayload(string(payload)));
      case JournalRecord.Body(_, var reference, var body) ->
          encoded.setBody(
              JournalledBody.newBuilder()
                  .setReference(ByteString.copyFrom(reference.toBytes()))
                  .setBody(string(body)));
      case JournalRecord.Sent(_, var vote) -> encoded.setSent(vote(vote));
      case JournalRecord.Heard(_, var member, var message) ->
          encoded.setHeard(
              JournalledMessage.newBuilder()
                  .setMember(member)
                  .setMessage(string(EnvelopeCodec.encode(message))));
      case JournalRecord.Froze(_, var frozen) -> encoded.setFroze(set(frozen));
      case JournalRecord.Certified(_, var block) -> encoded.setCertified(string(block));
    }
    return Bytes.copyOf(encoded.build().toByteArray());
  }

  static Optional<JournalRecord> decode(Bytes bytes) {
    try {
      return decode(JournalEntry.parseFrom(bytes.toArray()));
    } catch (InvalidProtocolBufferException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<JournalRecord> decode(JournalEntry entry) {
    var round = entry.getRound();
    return switch (entry.getKindCase()) {
      case PROPOSED -> Optional.of(new JournalRecord.Proposed(round, bytes(entry.getProposed())));
      case PAYLOAD -> {
        var payload = entry.getPayload();
        yield Optional.of(
            new JournalRecord.Payload(round, payload.getProposer(), bytes(payload.getPayload())));
      }
      case BODY -> {
        var reference = Hash.of(entry.getBody().getReference().toByteArray());
        yield Optional.of(
            new JournalRecord.Body(round, reference, bytes(entry.getBody().getBody())));
      }
      case SENT -> vote(entry.getSent()).map(vote -> new JournalRecord.Sent(round, vote));
      case HEARD -> heard(round, entry.getHeard());
      case FROZE -> set(entry.getFroze()).map(set -> new JournalRecord.Froze(round, set));
      case CERTIFIED ->
          Optional.of(new JournalRecord.Certified(round, bytes(entry.getCertified())));
      case KIND_NOT_SET -> Optional.empty();
    };
  }

  private static Optional<JournalRecord> heard(long round, JournalledMessage heard) {
    return EnvelopeCodec.decodeMessage(bytes(heard.getMessage()))
        .toOptional()
        .map(message -> new JournalRecord.Heard(round, heard.getMember(), message));
  }

  private static JournalledVote vote(Vote vote) {
    return JournalledVote.newBuilder()
        .setInstance(vote.slot().instance())
        .setKind(vote.slot().kind().code())
        .setStep(vote.slot().step())
        .setValue(ByteString.copyFrom(vote.value().toBytes()))
        .build();
  }

  private static Optional<Vote> vote(JournalledVote vote) {
    return Slot.decode(vote.getInstance(), vote.getKind(), vote.getStep())
        .flatMap(
            slot ->
                VoteValue.decode(vote.getValue().toByteArray())
                    .map(value -> new Vote(slot, value)));
  }

  private static JournalledSet set(Frozen frozen) {
    return JournalledSet.newBuilder()
        .setInstance(frozen.instance())
        .setKind(frozen.kind().code())
        .setRound(frozen.round())
        .setValues(frozen.values().code())
        .build();
  }

  private static Optional<Frozen> set(JournalledSet set) {
    return Arrays.stream(Frozen.Kind.values())
        .filter(kind -> kind.code() == set.getKind())
        .findFirst()
        .flatMap(
            kind ->
                BinaryValues.ofCode(set.getValues())
                    .map(values -> new Frozen(set.getInstance(), kind, set.getRound(), values)));
  }

  private static ByteString string(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  private static Bytes bytes(ByteString string) {
    return Bytes.copyOf(string.toByteArray());
  }
}
