package org.constellation.consensus.layer;

import java.util.List;
import java.util.TreeMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Shows some members another proposal than the rest, and stands by either wherever it votes. The
 * other one is its own of the round before: in form by any rules, and already known to be complete.
 */
final class EquivocatingProposer implements VirtualMember.Behaviour {

  private final int self;
  private final MemberSet deceived;
  private final TreeMap<Long, Bytes> proposals = new TreeMap<>();

  EquivocatingProposer(int self, MemberSet deceived) {
    this.self = self;
    this.deceived = deceived;
  }

  @Override
  public List<Bytes> send(int receiver, List<Bytes> messages) {
    return messages.stream().map(message -> instead(message, receiver)).toList();
  }

  private Bytes instead(Bytes message, int receiver) {
    var isDeceived = deceived.contains(new MemberIndex(receiver));
    return switch (LayerCodec.decode(message).orElseThrow()) {
      case LayerMessage.Payload(var round, var payload) -> {
        proposals.put(round, payload);
        var other = other(round);
        yield isDeceived && other != null
            ? LayerCodec.encode(new LayerMessage.Payload(round, other))
            : message;
      }
      case LayerMessage.Ballot(var round, var vote) ->
          isDeceived ? LayerCodec.encode(round, instead(round, vote)) : message;
      case LayerMessage.Pull _,
          LayerMessage.Parts _,
          LayerMessage.Certified _,
          LayerMessage.Question _,
          LayerMessage.Answer _ ->
          message;
    };
  }

  private Vote instead(long round, Vote vote) {
    var own = proposals.get(round);
    var other = other(round);
    if (own == null
        || other == null
        || vote.slot().instance() != self
        || vote.slot().kind().compareTo(SlotKind.READY) > 0
        || !vote.value().equals(named(round, own))) {
      return vote;
    }
    return new Vote(vote.slot(), named(round, other));
  }

  private VoteValue named(long round, Bytes payload) {
    Hash digest = Payloads.digest(round, self, payload);
    return VoteValue.of(digest.toBytes());
  }

  private @Nullable Bytes other(long round) {
    var before = proposals.lowerEntry(round);
    return before == null ? null : before.getValue();
  }
}
