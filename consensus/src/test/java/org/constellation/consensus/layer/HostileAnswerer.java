package org.constellation.consensus.layer;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;

/**
 * Takes part, so that others ask it, and gives them everything but what they asked for: a byte at a
 * time, something else, nothing. Before its victims it names other members' payloads as its own,
 * and it buries what it says in votes that mean nothing.
 */
final class HostileAnswerer implements VirtualMember.Behaviour {

  private static final int NONSENSE = 3;

  private final int self;
  private final Set<Integer> victims;
  private final Random random;

  HostileAnswerer(int self, Set<Integer> victims, Random random) {
    this.self = self;
    this.victims = victims;
    this.random = random;
  }

  @Override
  public List<Bytes> send(int receiver, List<Bytes> messages) {
    var sent = new ArrayList<Bytes>();
    for (var message : messages) {
      var decoded = LayerCodec.decode(message).orElseThrow();
      switch (decoded) {
        case LayerMessage.Ballot(var round, var vote) -> {
          vote(receiver, round, vote, message, sent);
          for (var i = 0; i < NONSENSE; i++) {
            sent.add(nonsense(round));
          }
        }
        case LayerMessage.Payload _ -> {
          if (!victims.contains(receiver)) {
            sent.add(message);
          }
        }
        case LayerMessage.Parts(var parts) ->
            sent.add(
                LayerCodec.encode(
                    new LayerMessage.Parts(parts.stream().map(this::spoilt).toList())));
        // Far ahead, as if the asker had much to catch up with, and nobody to catch up from.
        case LayerMessage.Answer(var started, var certified, var votes) ->
            sent.add(
                LayerCodec.encode(
                    new LayerMessage.Answer(started, certified + random.nextInt(1_000), votes)));
        case LayerMessage.Pull _, LayerMessage.Certified _, LayerMessage.Question _ ->
            sent.add(message);
      }
    }
    return sent;
  }

  private void vote(int receiver, long round, Vote vote, Bytes message, List<Bytes> sent) {
    var slot = vote.slot();
    if (victims.contains(receiver) && slot.kind() == SlotKind.ECHO && slot.instance() != self) {
      sent.add(
          LayerCodec.encode(round, new Vote(new Slot(self, SlotKind.PROPOSE, 0), vote.value())));
    }
    if (!victims.contains(receiver) || slot.kind() != SlotKind.PROPOSE) {
      sent.add(message);
    }
  }

  private Bytes nonsense(long round) {
    var slot =
        random.nextBoolean()
            ? new Slot(100 + random.nextInt(1_000), SlotKind.ECHO, 0)
            : new Slot(self, SlotKind.AUX, 10 + random.nextInt(100_000));
    return LayerCodec.encode(round, new Vote(slot, VoteValue.of(new byte[] {0})));
  }

  private LayerMessage.Part spoilt(LayerMessage.Part part) {
    return switch (random.nextInt(6)) {
      case 0 -> of(part, part.total(), part.offset(), Bytes.copyOf(new byte[1]));
      case 1 -> of(part, 0, 0, Bytes.EMPTY);
      case 2 -> {
        var other = Bytes.copyOf(("another body " + random.nextInt()).getBytes(US_ASCII));
        yield of(part, other.length(), 0, other);
      }
      case 3 -> of(part, part.total() + 1 + random.nextInt(9), part.offset(), part.bytes());
      case 4 -> {
        var altered = part.bytes().toArray();
        if (altered.length > 0) {
          altered[random.nextInt(altered.length)] ^= 1;
        }
        yield of(part, part.total(), part.offset(), Bytes.copyOf(altered));
      }
      default -> of(part, part.total(), part.offset() + 1, part.bytes());
    };
  }

  private static LayerMessage.Part of(LayerMessage.Part part, int total, int offset, Bytes bytes) {
    return new LayerMessage.Part(part.key(), total, offset, bytes);
  }
}
