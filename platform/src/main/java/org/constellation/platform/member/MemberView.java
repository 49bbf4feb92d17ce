package org.constellation.platform.member;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.protocol.block.EraPlan;

/**
 * A member's view of its committee, for health pages and the command line.
 *
 * @param name for instance {@code galaxy-2}
 * @param built round of its newest block
 * @param certified round of its newest certified block
 * @param silent members that it has not heard for a while
 * @param stopped why this member itself says nothing; empty while it runs
 * @param stalled why there is no progress, for people; empty while there is
 * @param code the same for monitors
 */
public record MemberView(
    String name,
    long built,
    long certified,
    List<Silent> silent,
    Optional<String> stopped,
    Optional<String> stalled,
    Optional<StallCode> code) {

  public MemberView {
    silent = List.copyOf(silent);
  }

  /**
   * @param member index in the committee
   * @param name as people call it
   * @param sinceMillis when it was heard last, or when this member started
   */
  public record Silent(int member, String name, long sinceMillis) {}

  /** Why there is no progress. */
  record Stall(StallCode code, String why) {}

  static MemberView of(
      MemberSeat seat,
      Optional<LayerStatus> status,
      Optional<Stall> stopped,
      long startedMillis,
      long nowMillis,
      Duration silentAfter) {
    var silent = new ArrayList<Silent>();
    status.ifPresent(
        known -> {
          for (var member = 0; member < known.lastHeardMillis().size(); member++) {
            var heard = Math.max(startedMillis, known.lastHeardMillis().get(member));
            if (member != seat.self() && nowMillis - heard >= silentAfter.toMillis()) {
              silent.add(new Silent(member, seat.plan().nameOf(member), heard));
            }
          }
        });
    var stalled =
        stopped
            // While all wait for another layer they are silent, and nobody is to blame for it.
            .or(() -> status.flatMap(LayerStatus::waitsFor).map(stall(StallCode.OTHER_LAYER)))
            .or(
                () ->
                    tooManySilent(seat.plan(), silent, nowMillis)
                        .map(stall(StallCode.SILENT_MEMBERS)))
            .or(
                () ->
                    status
                        .filter(known -> !known.concerns().isEmpty())
                        .map(MemberView::concerns)
                        .map(stall(StallCode.OTHER)));
    return new MemberView(
        seat.name(),
        status.map(LayerStatus::built).orElse(0L),
        status.map(LayerStatus::certified).orElse(0L),
        silent,
        stopped.map(Stall::why),
        stalled.map(found -> "stalled: " + found.why()),
        stalled.map(Stall::code));
  }

  private static Function<String, Stall> stall(StallCode code) {
    return why -> new Stall(code, why);
  }

  /** A member that could not be started. */
  static MemberView refused(String name, String why) {
    return new MemberView(
        name,
        0,
        0,
        List.of(),
        Optional.of(why),
        Optional.of("stalled: " + why),
        Optional.of(StallCode.STOPPED));
  }

  /** The committee's arithmetic: with fewer than n−f there is no progress, whoever they are. */
  private static Optional<String> tooManySilent(EraPlan plan, List<Silent> silent, long nowMillis) {
    var missing = plan.quorum() - (plan.members().size() - silent.size());
    if (missing <= 0) {
      return Optional.empty();
    }
    // Progress ended when the quorum was lost, that is with the latest of those that matter.
    var since =
        silent.stream().map(Silent::sinceMillis).sorted().skip(plan.faultyMax()).findFirst();
    var seconds = since.map(heard -> (nowMillis - heard) / 1_000).orElse(0L);
    return Optional.of(
        "%s %d of %d silent for %d s, %d must return"
            .formatted(plan.committee(), silent.size(), plan.members().size(), seconds, missing));
  }

  private static String concerns(LayerStatus status) {
    return status.concerns().stream().collect(Collectors.joining("; "));
  }
}
