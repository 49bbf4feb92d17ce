package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.wire.EnvelopeCodec;

/**
 * The counted votes of a round with what proves who said them, so that a second value in a slot
 * convicts its sender. Kept are single messages: an envelope may be long and say little. Who votes
 * in more slots than there is room for loses those of the furthest agreement rounds first, so that
 * nothing crowds out what it says in the rounds that are played.
 */
final class VoteLog {

  /** Most votes noted of one member, per member of the committee; an honest one casts about 30. */
  static final int VOTES_PER_INSTANCE_MAX = 128;

  private final int votesMax;
  private final TreeMap<MemberSlot, Noted> firsts = new TreeMap<>();
  private final TreeMap<Integer, TreeSet<MemberSlot>> ofMember = new TreeMap<>();

  private long order;

  /**
   * @param order in which it came
   */
  private record Noted(SignedMessage message, long order) {}

  /** A member's slots go by agreement round, which is 0 for those that have none. */
  private record MemberSlot(int member, Slot slot) implements Comparable<MemberSlot> {
    @Override
    public int compareTo(MemberSlot other) {
      var byMember = Integer.compare(member, other.member);
      var byStep = byMember != 0 ? byMember : Integer.compare(slot.step(), other.slot.step());
      return byStep != 0 ? byStep : slot.compareTo(other.slot);
    }
  }

  VoteLog(int members) {
    this.votesMax = VOTES_PER_INSTANCE_MAX * members;
  }

  /** How many votes are noted. */
  int size() {
    return firsts.size();
  }

  /** How many bytes the noted messages have, with their paths. */
  long bytes() {
    return firsts.values().stream()
        .map(Noted::message)
        .mapToLong(
            one ->
                one.message().length()
                    + one.headerBytes().length()
                    + (long) one.siblings().size() * 32)
        .sum();
  }

  /**
   * Notes the vote that is message {@code index} of {@code envelope}, if it is the slot's first.
   * Only for votes that were counted: what the round ignores shall not take a place, nor stand for
   * the value that counts.
   *
   * @return the message, if it is the first that is noted of this member
   */
  Optional<SignedMessage> note(int member, Slot slot, Envelope envelope, int index) {
    var key = new MemberSlot(member, slot);
    if (!canContradict(slot)
        || firsts.containsKey(key)
        || envelope.messages().get(index).length() > SignedMessage.MESSAGE_BYTES_MAX) {
      return Optional.empty();
    }
    var slots = ofMember.computeIfAbsent(member, _ -> new TreeSet<>());
    if (slots.size() >= votesMax) {
      if (slots.last().compareTo(key) <= 0) {
        return Optional.empty();
      }
      firsts.remove(slots.removeLast());
    }
    var message = EnvelopeCodec.extract(envelope, index);
    put(key, message);
    return slots.size() == 1 ? Optional.of(message) : Optional.empty();
  }

  /** Notes what an earlier life heard of a member. */
  void restore(int member, SignedMessage message) {
    if (LayerCodec.decode(message.message()).orElse(null)
        instanceof LayerMessage.Ballot(_, var vote)) {
      put(new MemberSlot(member, vote.slot()), message);
    }
  }

  private void put(MemberSlot key, SignedMessage message) {
    ofMember.computeIfAbsent(key.member(), _ -> new TreeSet<>()).add(key);
    firsts.put(key, new Noted(message, order++));
  }

  /** A slot of BVAL names the one value that it may have. */
  private static boolean canContradict(Slot slot) {
    return slot.kind() != SlotKind.BVAL;
  }

  /** Evidence from the noted vote and the one in hand. */
  Optional<Evidence> doubleVote(int member, Slot slot, Envelope envelope, int index) {
    return Optional.ofNullable(firsts.get(new MemberSlot(member, slot)))
        .map(Noted::message)
        .filter(first -> !first.message().equals(envelope.messages().get(index)))
        .map(first -> new Evidence.DoubleVote(first, EnvelopeCodec.extract(envelope, index)));
  }

  /** The noted votes of a member, the newest first. */
  List<SignedMessage> newest(int member, int max) {
    return ofMember.getOrDefault(member, new TreeSet<>()).stream()
        .map(slot -> Objects.requireNonNull(firsts.get(slot)))
        .sorted(Comparator.comparingLong(Noted::order).reversed())
        .limit(max)
        .map(Noted::message)
        .toList();
  }
}
