package org.constellation.protocol.execution;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.envelope.Committee;

/**
 * Adopts a table once max(2, f+1) galaxy members vote for the very same one, so at least one
 * correct member holds it. A member's latest votes replace its earlier ones; a table gives way only
 * to one of a greater height.
 */
final class TableVoting {

  /** Equal votes that a table needs whatever the committee's size. */
  private static final int VOTES_MIN = 2;

  private static final Comparator<TableVote> ORDER =
      Comparator.comparing(TableVote::kind)
          .thenComparingLong(TableVote::asOfHeight)
          .thenComparing(TableVote::modelHash)
          .thenComparing(TableVote::digest);

  private final BlockContext block;

  TableVoting(BlockContext block) {
    this.block = block;
  }

  /** Takes the votes of a block and returns what they bring into force, ascending by kind. */
  List<TableVote> execute(List<MemberTableVotes> votes) {
    var plan = block.edit.eraPlan(Committee.GALAXY).orElseThrow();
    votes.forEach(cast -> take(plan, cast));
    return votes.isEmpty() ? List.of() : adopt(plan);
  }

  private void take(EraPlan plan, MemberTableVotes cast) {
    if (cast.member() < 0 || cast.member() >= plan.members().size()) {
      return;
    }
    var byKind = new TreeMap<String, TableVote>();
    for (var vote : cast.votes()) {
      if (vote.asOfHeight() < block.height()) {
        byKind.put(vote.kind(), vote);
      }
    }
    var key = plan.members().get(cast.member()).operationalKey();
    var latest = List.copyOf(byKind.values());
    if (!latest.isEmpty()) {
      block.edit.putMemberVotes(key, latest);
    }
  }

  private List<TableVote> adopt(EraPlan plan) {
    var count = new TreeMap<TableVote, Integer>(ORDER);
    for (var member : plan.members()) {
      for (var vote : block.edit.memberVotes(member.operationalKey())) {
        count.merge(vote, 1, Integer::sum);
      }
    }
    var needed = Math.max(VOTES_MIN, plan.faultyMax() + 1);
    var adopted = new TreeMap<String, TableVote>();
    for (var candidate : count.entrySet()) {
      if (candidate.getValue() >= needed && isNewer(candidate.getKey())) {
        // Ascending by height: of several of one kind the latest remains.
        adopted.put(candidate.getKey().kind(), candidate.getKey());
      }
    }
    // Those beyond the header's limit still have their votes in the next block.
    var fitting = adopted.values().stream().limit(GalaxyHeader.ADOPTED_TABLES_MAX).toList();
    fitting.forEach(block.edit::adopt);
    return fitting;
  }

  private boolean isNewer(TableVote vote) {
    var inForce = block.edit.adoptedTable(vote.kind());
    return inForce.isEmpty() || inForce.get().asOfHeight() < vote.asOfHeight();
  }
}
