package org.constellation.simulation.watch;

import java.util.HashMap;
import java.util.Map;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Vote;

/**
 * EVIDENCE, from its other side: a correct member says one thing in a slot, in all its lives. Of
 * one whose disk became older than its words that is not asked: it cannot know what it said to
 * nobody who still is there, and nobody but this watch would notice.
 */
final class VoteWatch {

  private final Guilty guilty;
  private final Violations violations;
  // Only looked up in.
  private final Map<Place, Bytes> votes = new HashMap<>();
  private final Map<Proposal, Hash> proposals = new HashMap<>();

  private record Place(PublicKey member, long round, int instance, int kind, int step) {}

  private record Proposal(PublicKey member, long round) {}

  VoteWatch(Guilty guilty, Violations violations) {
    this.guilty = guilty;
    this.violations = violations;
  }

  void voted(PublicKey member, Vote vote) {
    var slot = vote.slot();
    var place = new Place(member, slot.round(), slot.instance(), slot.kind().code(), slot.step());
    var before = votes.putIfAbsent(place, vote.value());
    if (before != null && !before.equals(vote.value()) && !guilty.mayBeSilent(member)) {
      violations.found("EVIDENCE", "%s said %s, now %s".formatted(member, before, vote));
    }
  }

  void proposed(PublicKey member, long round, byte[] payload) {
    var digest = Hashing.hash("SIMULATED-PAYLOAD", payload);
    var before = proposals.putIfAbsent(new Proposal(member, round), digest);
    if (before != null && !before.equals(digest) && !guilty.mayBeSilent(member)) {
      violations.found("EVIDENCE", "%s has two proposals in round %d".formatted(member, round));
    }
  }
}
