package org.constellation.clusterconsensus.facilitator.web;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.clusterconsensus.facilitator.Facilitator;
import org.constellation.platform.member.MemberView;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.CommitteeMember;
import org.jspecify.annotations.Nullable;

/**
 * A cluster as the facilitators of this process see it.
 *
 * @param members of its committee, in committee order
 * @param lastCheckpoint the newest certified one known here; null before the first
 * @param finalRound the last round that is final
 * @param galaxyHeight the galaxy height at which that was seen
 * @param facilitators those that this process hosts
 */
record ClusterView(
    int id,
    long era,
    List<Member> members,
    @Nullable Checkpoint lastCheckpoint,
    long finalRound,
    long galaxyHeight,
    List<Hosted> facilitators) {

  /**
   * @param key operational key, in hexadecimal
   */
  record Member(int index, String star, String key) {}

  /**
   * @param timeMillis ledger time
   */
  record Checkpoint(long round, String hash, long timeMillis, int halfBlocks, long galaxyHeight) {
    static Checkpoint of(CheckpointHeader header) {
      return new Checkpoint(
          header.round(),
          header.hash().toHex(),
          header.timeMillis(),
          header.count(),
          header.galaxyHeight());
    }
  }

  /**
   * @param certified its newest certified round
   * @param silent members that it has not heard for a while
   * @param stalled why there is no progress; null while there is
   */
  record Hosted(
      String name,
      int index,
      long certified,
      int poolSize,
      List<MemberView.Silent> silent,
      @Nullable String stalled) {}

  /** One cluster, of which {@code facilitators} are hosted here; at least one. */
  static ClusterView of(List<Facilitator> facilitators, List<MemberView> views) {
    var plan = facilitators.getFirst().seat().plan();
    var cluster = plan.committee().cluster();
    // Whoever has verified most knows best.
    var ledger =
        facilitators.stream()
            .map(Facilitator::ledger)
            .reduce((one, other) -> one.height() >= other.height() ? one : other)
            .orElseThrow();
    var last =
        facilitators.stream()
            .flatMap(one -> one.lastCheckpoint().stream())
            .reduce((one, other) -> one.round() >= other.round() ? one : other);
    return new ClusterView(
        cluster,
        plan.era(),
        IntStream.range(0, plan.members().size())
            .mapToObj(index -> member(index, plan.members().get(index)))
            .toList(),
        last.map(Checkpoint::of).orElse(null),
        ledger.cluster(cluster).map(state -> state.round()).orElse(0L),
        ledger.height(),
        facilitators.stream().map(one -> hosted(one, views)).toList());
  }

  private static Member member(int index, CommitteeMember member) {
    return new Member(
        index,
        member.star().toString(),
        HexFormat.of().formatHex(member.operationalKey().toBytes()));
  }

  private static Hosted hosted(Facilitator facilitator, List<MemberView> views) {
    var seat = facilitator.seat();
    var view = views.stream().filter(one -> one.name().equals(seat.name())).findFirst();
    return new Hosted(
        seat.name(),
        seat.self(),
        view.map(MemberView::certified).orElse(0L),
        facilitator.poolSize(),
        view.map(MemberView::silent).orElse(List.of()),
        view.flatMap(MemberView::stalled).or(facilitator::trouble).orElse(null));
  }
}
