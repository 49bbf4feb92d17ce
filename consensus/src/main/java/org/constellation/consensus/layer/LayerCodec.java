package org.constellation.consensus.layer;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.Vote;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.consensus.layer.proto.LayerMessages.Thing;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.MessageFormat;

/** What members tell each other, as the messages of an envelope. Decoding is total. */
final class LayerCodec {

  private static final MessageFormat<LayerMessages.LayerMessage> FORMAT =
      MessageFormat.of(
          LayerMessages.LayerMessage.parser(),
          LayerMessages.LayerMessage.getDescriptor(),
          Envelope.BYTES_MAX);

  /** The first byte of everything but votes: their field numbers are above 15. */
  private static final int FIRST_BYTE_MIN = 0x80;

  private LayerCodec() {}

  /** As it is signed, and as evidence shows it. */
  static Bytes encode(long round, Vote vote) {
    return new RoundVote(round, vote).encode();
  }

  static Bytes encode(LayerMessage message) {
    var encoded = LayerMessages.LayerMessage.newBuilder();
    switch (message) {
      case LayerMessage.Ballot(var round, var vote) -> {
        return encode(round, vote);
      }
      case LayerMessage.Payload(var round, var payload) ->
          encoded.setPayload(
              LayerMessages.Payload.newBuilder().setRound(round).setPayload(string(payload)));
      case LayerMessage.Pull(var items) -> encoded.setPull(pull(items));
      case LayerMessage.Parts(var parts) -> encoded.setParts(parts(parts));
      case LayerMessage.Certified(var round, var hash, var certificate) ->
          encoded.setCertified(
              LayerMessages.CertificateNotice.newBuilder()
                  .setRound(round)
                  .setHash(ByteString.copyFrom(hash.toBytes()))
                  .addAllSignatures(signatures(certificate)));
      case LayerMessage.Question(var started, var certified) ->
          encoded.setQuestion(
              LayerMessages.Question.newBuilder().setStarted(started).setCertified(certified));
      case LayerMessage.Answer(var started, var certified, var votes) ->
          encoded.setAnswer(
              LayerMessages.Answer.newBuilder()
                  .setStarted(started)
                  .setCertified(certified)
                  .addAllVotes(
                      votes.stream().map(vote -> string(EnvelopeCodec.encode(vote))).toList()));
    }
    return Bytes.copyOf(((Message) encoded.build()).toByteArray());
  }

  static Optional<LayerMessage> decode(Bytes bytes) {
    if (bytes.length() == 0) {
      return Optional.empty();
    }
    return isVote(bytes) ? ballot(bytes) : FORMAT.decode(bytes, LayerCodec::message).toOptional();
  }

  private static boolean isVote(Bytes bytes) {
    return (bytes.toArray()[0] & 0xff) < FIRST_BYTE_MIN;
  }

  private static Optional<LayerMessage> ballot(Bytes bytes) {
    return RoundVote.decode(bytes).map(one -> new LayerMessage.Ballot(one.round(), one.vote()));
  }

  private static LayerMessage message(LayerMessages.LayerMessage message) {
    return switch (message.getKindCase()) {
      case PAYLOAD ->
          new LayerMessage.Payload(
              message.getPayload().getRound(), bytes(message.getPayload().getPayload()));
      case PULL ->
          new LayerMessage.Pull(
              message.getPull().getItemsList().stream().map(LayerCodec::item).toList());
      case PARTS ->
          new LayerMessage.Parts(
              message.getParts().getPartsList().stream().map(LayerCodec::part).toList());
      case CERTIFIED ->
          new LayerMessage.Certified(
              message.getCertified().getRound(),
              Hash.of(message.getCertified().getHash().toByteArray()),
              certificate(message.getCertified().getSignaturesList()));
      case QUESTION ->
          new LayerMessage.Question(
              message.getQuestion().getStarted(), message.getQuestion().getCertified());
      case ANSWER -> answer(message.getAnswer());
      case KIND_NOT_SET -> throw new IllegalArgumentException("a message without content");
    };
  }

  private static LayerMessage answer(LayerMessages.Answer answer) {
    if (answer.getVotesCount() > LayerLimits.HELD_VOTES_MAX) {
      throw new IllegalArgumentException("too many votes: " + answer.getVotesCount());
    }
    return new LayerMessage.Answer(
        answer.getStarted(),
        answer.getCertified(),
        answer.getVotesList().stream()
            .map(
                vote ->
                    EnvelopeCodec.decodeMessage(bytes(vote))
                        .toOptional()
                        .orElseThrow(() -> new IllegalArgumentException("no signed message")))
            .toList());
  }

  private static LayerMessages.Pull pull(List<LayerMessage.PullItem> items) {
    var pull = LayerMessages.Pull.newBuilder();
    for (var item : items) {
      pull.addItems(
          LayerMessages.PullItem.newBuilder()
              .setThing(thing(item.key()))
              .setKey(key(item.key()))
              .setOffset(item.offset()));
    }
    return pull.build();
  }

  private static LayerMessage.PullItem item(LayerMessages.PullItem item) {
    return new LayerMessage.PullItem(key(item.getThing(), item.getKey()), item.getOffset());
  }

  private static LayerMessages.Parts parts(List<LayerMessage.Part> parts) {
    var encoded = LayerMessages.Parts.newBuilder();
    for (var part : parts) {
      encoded.addParts(
          LayerMessages.Part.newBuilder()
              .setThing(thing(part.key()))
              .setKey(key(part.key()))
              .setTotal(part.total())
              .setOffset(part.offset())
              .setBytes(string(part.bytes())));
    }
    return encoded.build();
  }

  private static LayerMessage.Part part(LayerMessages.Part part) {
    return new LayerMessage.Part(
        key(part.getThing(), part.getKey()),
        part.getTotal(),
        part.getOffset(),
        bytes(part.getBytes()));
  }

  private static Thing thing(PullKey key) {
    return switch (key) {
      case PullKey.OfPayload _ -> Thing.PAYLOAD;
      case PullKey.OfBody _ -> Thing.BODY;
      case PullKey.OfBlock _ -> Thing.BLOCK;
    };
  }

  private static ByteString key(PullKey key) {
    return switch (key) {
      case PullKey.OfPayload(var digest) -> ByteString.copyFrom(digest.toBytes());
      case PullKey.OfBody(var reference) -> ByteString.copyFrom(reference.toBytes());
      case PullKey.OfBlock(var round) ->
          ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(round).array());
    };
  }

  private static PullKey key(Thing thing, ByteString key) {
    return switch (thing) {
      case PAYLOAD -> new PullKey.OfPayload(Hash.of(key.toByteArray()));
      case BODY -> new PullKey.OfBody(Hash.of(key.toByteArray()));
      case BLOCK -> {
        if (key.size() != Long.BYTES) {
          throw new IllegalArgumentException("a round has eight bytes");
        }
        yield new PullKey.OfBlock(key.asReadOnlyByteBuffer().getLong());
      }
      case THING_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("pull of what?");
    };
  }

  static List<LayerMessages.HeaderSignature> signatures(Certificate certificate) {
    var signatures = new ArrayList<LayerMessages.HeaderSignature>();
    for (var one : certificate.signatures()) {
      signatures.add(
          LayerMessages.HeaderSignature.newBuilder()
              .setMember(one.member())
              .setSignature(ByteString.copyFrom(one.signature().toBytes()))
              .build());
    }
    return signatures;
  }

  static Certificate certificate(List<LayerMessages.HeaderSignature> signatures) {
    return new Certificate(
        signatures.stream()
            .map(
                one ->
                    new Certificate.MemberSignature(
                        one.getMember(), Signature.of(one.getSignature().toByteArray())))
            .toList());
  }

  private static ByteString string(Bytes bytes) {
    return ByteString.copyFrom(bytes.toArray());
  }

  private static Bytes bytes(ByteString string) {
    return Bytes.copyOf(string.toByteArray());
  }
}
