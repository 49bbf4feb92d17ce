package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;

/** What faulty members do to their messages. They forge nothing: every word is signed by them. */
final class Misbehaviour {

  private Misbehaviour() {}

  /** Speaks only to some. */
  static VirtualMember.Behaviour onlyTo(List<Integer> receivers) {
    return (receiver, messages) -> receivers.contains(receiver) ? messages : List.of();
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
