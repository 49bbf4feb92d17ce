package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.constellation.protocol.block.MemberRecord;

/**
 * How several members' lists become one: round-robin over the agreed proposers, each in its own
 * order, duplicates at their first place. And what the proposals say together about time and about
 * each other.
 */
public final class AgreedOrder {

  private AgreedOrder() {}

  /**
   * The lists as one.
   *
   * @param proposers whose lists they are, ascending
   * @param first the member whose turn it is; without a list, the next one that has one
   */
  public static <E> List<E> roundRobin(List<List<E>> lists, List<Integer> proposers, long first) {
    var start = 0;
    while (start < proposers.size() && proposers.get(start) < first) {
      start++;
    }
    var merged = new LinkedHashSet<E>();
    var longest = lists.stream().mapToInt(List::size).max().orElse(0);
    for (var place = 0; place < longest; place++) {
      for (var turn = 0; turn < lists.size(); turn++) {
        var list = lists.get((start + turn) % lists.size());
        if (place < list.size()) {
          merged.add(list.get(place));
        }
      }
    }
    return new ArrayList<>(merged);
  }

  /**
   * The middle value: with at most f of 2f+1 or more values made up, it lies between honest ones.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static long median(List<Long> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no values");
    }
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** One agreed proposal, for the records in a header. */
  public interface Report {

    /** Index of the proposer. */
    int member();

    /** What it says of the others' lateness, by member. */
    List<Integer> latenessMillis();

    /** Entries of it that stand in the block. */
    int placed();

    /** Entries of it that do not. */
    int dropped();
  }

  /**
   * The records of all members of a committee.
   *
   * @param agreed all agreed proposals
   * @param reports of those that count
   */
  public static List<MemberRecord> records(
      int members, List<AgreedProposal> agreed, List<? extends Report> reports) {
    var records = new ArrayList<MemberRecord>();
    for (var member = 0; member < members; member++) {
      var index = member;
      records.add(record(member, agreed.stream().anyMatch(one -> one.member() == index), reports));
    }
    return records;
  }

  private static MemberRecord record(int member, boolean agreed, List<? extends Report> reports) {
    var lateness =
        reports.stream().map(report -> (long) report.latenessMillis().get(member)).toList();
    var late = lateness.isEmpty() ? 0 : (int) median(lateness);
    return reports.stream()
        .filter(report -> report.member() == member)
        .findFirst()
        .map(own -> new MemberRecord(true, own.placed(), own.dropped(), late))
        .orElse(new MemberRecord(agreed, 0, 0, late));
  }
}
