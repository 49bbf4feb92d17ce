package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.testkit.VoteTwist;
import org.constellation.consensus.testkit.VoteTwists;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Envelope;

/** What faulty members do to their messages. They forge nothing: every word is signed by them. */
final class Misbehaviour {

  private Misbehaviour() {}

  /** Speaks only to some. */
  static VirtualMember.Behaviour onlyTo(MemberSet receivers) {
    return (receiver, messages) ->
        receivers.contains(new MemberIndex(receiver)) ? messages : List.of();
  }

  /** Speaks so many times, only to some. */
  static VirtualMember.Behaviour helping(MemberSet helped, int times) {
    var left = new int[] {times};
    return (receiver, messages) ->
        left[0]-- > 0 && helped.contains(new MemberIndex(receiver)) ? messages : List.of();
  }

  /** Says other things instead of its votes, in a way that may depend on the round. */
  static VirtualMember.Behaviour twisted(LongFunction<VoteTwist> twists) {
    return (receiver, messages) -> {
      var sent = new ArrayList<Bytes>();
      for (var message : messages) {
        if (LayerCodec.decode(message).orElse(null)
            instanceof LayerMessage.Ballot(var round, var vote)) {
          twists.apply(round).instead(vote, new MemberIndex(receiver)).stream()
              .map(other -> LayerCodec.encode(round, other))
              .forEach(sent::add);
        } else {
          sent.add(message);
        }
      }
      return sent;
    };
  }

  /** Puts its name under another header for some members. */
  static VoteTwist doubleSigner(SigningKey key, MemberSet deceived) {
    return (vote, to) -> {
      if (vote.slot().kind() != SlotKind.CERTIFY || !deceived.contains(to)) {
        return List.of(vote);
      }
      var header = Arrays.copyOf(vote.value().toBytes(), Hash.LENGTH);
      var other = VoteTwists.otherThan(Hash.of(header));
      return List.of(Certification.vote(other, key.sign(Certificate.signedMessage(other))));
    };
  }

  /** Keeps proposals and everything that was asked for to itself and a few. */
  static VirtualMember.Behaviour withholding(MemberSet given) {
    return (receiver, messages) ->
        given.contains(new MemberIndex(receiver))
            ? messages
            : messages.stream().filter(message -> !isContent(message)).toList();
  }

  private static boolean isContent(Bytes message) {
    return switch (LayerCodec.decode(message).orElseThrow()) {
      case LayerMessage.Payload _, LayerMessage.Parts _ -> true;
      case LayerMessage.Ballot _,
          LayerMessage.Pull _,
          LayerMessage.Certified _,
          LayerMessage.Question _,
          LayerMessage.Answer _ ->
          false;
    };
  }

  /** What a member makes of an envelope that does not want to hear what it signed before. */
  static Envelope withoutHeldVotes(Envelope envelope) {
    var messages =
        envelope.messages().stream()
            .map(
                message ->
                    LayerCodec.decode(message).orElse(null)
                            instanceof LayerMessage.Answer(var started, var certified, var _)
                        ? LayerCodec.encode(new LayerMessage.Answer(started, certified, List.of()))
                        : message)
            .toList();
    return new Envelope(envelope.header(), envelope.headerBytes(), messages, envelope.signature());
  }

  /** Says nothing from some time on. */
  static VirtualMember.Behaviour silentAfter(VirtualTime time, long millis) {
    var from = time.nowMillis() + millis;
    return (_, messages) -> time.nowMillis() < from ? messages : List.of();
  }

  /** Alters shares, signatures and other values, adds rubbish, leaves things out. */
  static VirtualMember.Behaviour garbling(Random random) {
    return (_, messages) -> {
      var sent = new ArrayList<Bytes>();
      for (var message : messages) {
        switch (random.nextInt(10)) {
          case 0 -> {}
          case 1 -> {
            sent.add(message);
            sent.add(rubbish(random));
          }
          case 2, 3 -> sent.add(altered(message, random));
          default -> sent.add(message);
        }
      }
      return sent;
    };
  }

  private static Bytes rubbish(Random random) {
    var bytes = new byte[1 + random.nextInt(80)];
    random.nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  private static Bytes altered(Bytes message, Random random) {
    var decoded = LayerCodec.decode(message);
    if (decoded.isPresent() && decoded.get() instanceof LayerMessage.Ballot(var round, var vote)) {
      var value = vote.value().toBytes();
      if (value.length > 1 || vote.slot().kind() == SlotKind.AUX) {
        value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        return LayerCodec.encode(round, new Vote(vote.slot(), VoteValue.of(value)));
      }
      return LayerCodec.encode(round + random.nextInt(6), vote);
    }
    var bytes = message.toArray();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Bytes.copyOf(bytes);
  }
}
