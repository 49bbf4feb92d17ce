package org.constellation.simulation.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Vote;
import org.constellation.simulation.Tally;
import org.jspecify.annotations.Nullable;

/**
 * EVIDENCE, from its other side: a correct member says one thing in a slot, in all its lives. Of
 * one whose disk became older than its words that is only counted: it cannot know what it said to
 * nobody who remembers, and nobody but this watch would notice.
 *
 * <p>What a member said long before its newest words is forgotten: nobody counts a vote of a round
 * that is long certified.
 */
final class VoteWatch {

  /** Of each member, before its own newest. */
  private static final long ROUNDS_REMEMBERED = 1_000;

  private final Guilty guilty;
  private final Violations violations;
  private final Tally tally;
  private final TreeMap<PublicKey, TreeMap<Long, Said>> members = new TreeMap<>();

  /** What a member said in a round. */
  private static final class Said {
    // Only looked up in.
    private final Map<Vote.Slot, Bytes> votes = new HashMap<>();
    private @Nullable Hash proposal;
  }

  VoteWatch(Guilty guilty, Violations violations, Tally tally) {
    this.tally = tally;
    this.guilty = guilty;
    this.violations = violations;
  }

  private Said said(PublicKey member, long round) {
    var rounds = members.computeIfAbsent(member, _ -> new TreeMap<>());
    var said = rounds.computeIfAbsent(round, _ -> new Said());
    rounds.headMap(rounds.lastKey() - ROUNDS_REMEMBERED).clear();
    return said;
  }

  void voted(PublicKey member, Vote vote) {
    var slot = vote.slot();
    var before = said(member, slot.round()).votes.putIfAbsent(slot, vote.value());
    if (before != null && !before.equals(vote.value())) {
      contradicts(member, () -> "%s said %s, now %s".formatted(member, before, vote));
    }
  }

  void proposed(PublicKey member, long round, byte[] payload) {
    var digest = Hashing.hash("SIMULATED-PAYLOAD", payload);
    var said = said(member, round);
    var before = said.proposal;
    if (before == null) {
      said.proposal = digest;
    } else if (!before.equals(digest)) {
      contradicts(member, () -> "%s has two proposals in round %d".formatted(member, round));
    }
  }

  private void contradicts(PublicKey member, Supplier<String> what) {
    if (!guilty.mayBeSilent(member)) {
      violations.found("EVIDENCE", what.get());
    } else if (!guilty.isMember(member)) {
      tally.transition("a member with an old disk contradicted itself");
    }
  }
}
