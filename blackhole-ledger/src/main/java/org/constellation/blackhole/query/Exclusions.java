package org.constellation.blackhole.query;

import java.util.Optional;
import java.util.function.Supplier;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** Answers about exclusions out of the state itself, where also their proofs come from. */
public final class Exclusions {

  private final Supplier<Optional<LedgerState>> latest;

  /** Asks {@code latest} for the state after the newest block that was followed. */
  public Exclusions(Supplier<Optional<LedgerState>> latest) {
    this.latest = latest;
  }

  /** What keeps {@code star} out of committees; nothing before the first block. */
  public Optional<ExclusionView> of(StarId star) {
    return latest
        .get()
        .filter(state -> state.height() > 0)
        .map(
            state ->
                state
                    .exclusion(star)
                    .map(
                        found ->
                            new ExclusionView(
                                star.toString(),
                                found.convictions(),
                                found.elections(),
                                found.since(),
                                state.height()))
                    .orElseGet(
                        () -> new ExclusionView(star.toString(), 0, 0, null, state.height())));
  }
}
