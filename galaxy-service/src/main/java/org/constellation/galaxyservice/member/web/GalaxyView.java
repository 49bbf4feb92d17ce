package org.constellation.galaxyservice.member.web;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.galaxyservice.member.GalaxyMember;
import org.constellation.platform.member.MemberView;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.state.LedgerState;
import org.jspecify.annotations.Nullable;

/**
 * The galaxy as the members of this process see it.
 *
 * @param height of the newest certified block known here; 0 before the first
 * @param members of the committee, in committee order
 * @param hosted those that this process hosts
 */
record GalaxyView(
    long height,
    long tick,
    long timeMillis,
    long era,
    List<Member> members,
    List<Cluster> clusters,
    List<Hosted> hosted) {

  /**
   * @param key operational key, in hexadecimal
   * @param silentSinceMillis since when nobody here has heard it; null while it speaks
   */
  record Member(int index, String star, String key, @Nullable Long silentSinceMillis) {}

  /**
   * @param round the last final checkpoint
   * @param finalHeight in which galaxy block it stands
   */
  record Cluster(int id, long round, long finalHeight) {}

  /**
   * @param unconfirmed certified blocks that no blackhole-ledger has reported stored
   * @param stalled why there is no progress; null while there is
   */
  record Hosted(
      String name,
      int index,
      long certified,
      int poolSize,
      int unconfirmed,
      List<MemberView.Silent> silent,
      @Nullable String stalled) {}

  static GalaxyView of(List<GalaxyMember> hosted, List<MemberView> views, EraPlan genesis) {
    var newest =
        hosted.stream()
            .flatMap(member -> member.latest().stream())
            .reduce((one, other) -> one.header().height() >= other.header().height() ? one : other);
    var header =
        hosted.stream()
            .flatMap(member -> member.newest().stream())
            .max(Comparator.comparingLong(GalaxyHeader::height));
    var plan = newest.map(seen -> seen.state().galaxyPlan()).orElse(genesis);
    return new GalaxyView(
        header.map(GalaxyHeader::height).orElse(0L),
        header.map(GalaxyHeader::tick).orElse(0L),
        header.map(GalaxyHeader::timeMillis).orElse(0L),
        plan.era(),
        members(plan, hosted, views),
        newest.map(seen -> clusters(seen.state())).orElse(List.of()),
        hosted.stream().map(member -> hosted(member, views)).toList());
  }

  private static List<Member> members(
      EraPlan plan, List<GalaxyMember> hosted, List<MemberView> views) {
    // Whoever is hosted here and runs is not silent, whatever the others have heard.
    var silentSince = new TreeMap<Integer, Long>();
    for (var view : views) {
      view.silent().forEach(one -> silentSince.merge(one.member(), one.sinceMillis(), Math::max));
    }
    for (var member : hosted) {
      if (viewOf(member, views).filter(view -> view.stopped().isEmpty()).isPresent()) {
        silentSince.remove(member.seat().self());
      }
    }
    return IntStream.range(0, plan.members().size())
        .mapToObj(
            index -> {
              var member = plan.members().get(index);
              return new Member(
                  index,
                  member.star().toString(),
                  HexFormat.of().formatHex(member.operationalKey().toBytes()),
                  silentSince.get(index));
            })
        .toList();
  }

  private static List<Cluster> clusters(LedgerState state) {
    return state.clusters().stream()
        .flatMap(
            id ->
                state
                    .cluster(id)
                    .map(cluster -> new Cluster(id, cluster.round(), cluster.finalHeight()))
                    .stream())
        .toList();
  }

  private static Hosted hosted(GalaxyMember member, List<MemberView> views) {
    var view = viewOf(member, views);
    return new Hosted(
        member.seat().name(),
        member.seat().self(),
        view.map(MemberView::certified).orElse(0L),
        member.poolSize(),
        member.unconfirmed(),
        view.map(MemberView::silent).orElse(List.of()),
        view.flatMap(MemberView::stalled).or(member::trouble).orElse(null));
  }

  private static Optional<MemberView> viewOf(GalaxyMember member, List<MemberView> views) {
    return views.stream().filter(view -> view.name().equals(member.seat().name())).findFirst();
  }
}
