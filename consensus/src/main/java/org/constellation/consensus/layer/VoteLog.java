package org.constellation.consensus.layer;

import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.Slot;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;

/** Where each vote of a round came from, so that a second value in its slot convicts its sender. */
final class VoteLog {

  /** Most votes noted of one member, per member of the committee; an honest one casts about 30. */
  private static final int VOTES_PER_INSTANCE_MAX = 128;

  private final int votesMax;
  private final TreeMap<MemberSlot, Place> firsts = new TreeMap<>();
  private final int[] noted;

  private record MemberSlot(int member, Slot slot) implements Comparable<MemberSlot> {
    @Override
    public int compareTo(MemberSlot other) {
      var byMember = Integer.compare(member, other.member);
      return byMember != 0 ? byMember : slot.compareTo(other.slot);
    }
  }

  private record Place(Envelope envelope, int index) {}

  VoteLog(int members) {
    this.votesMax = VOTES_PER_INSTANCE_MAX * members;
    this.noted = new int[members];
  }

  /**
   * Notes the vote that is message {@code index} of {@code envelope}, if it is the slot's first.
   */
  void note(int member, Slot slot, Envelope envelope, int index) {
    if (noted[member] < votesMax
        && firsts.putIfAbsent(new MemberSlot(member, slot), new Place(envelope, index)) == null) {
      noted[member]++;
    }
  }

  /** Evidence from the noted vote and the one in hand. */
  Optional<Evidence> doubleVote(int member, Slot slot, Envelope envelope, int index) {
    return Optional.ofNullable(firsts.get(new MemberSlot(member, slot)))
        .map(
            first ->
                new Evidence.DoubleVote(
                    EnvelopeCodec.extract(first.envelope(), first.index()),
                    EnvelopeCodec.extract(envelope, index)));
  }
}
