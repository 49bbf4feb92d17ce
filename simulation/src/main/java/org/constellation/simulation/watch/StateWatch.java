package org.constellation.simulation.watch;

import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;

/** REPRODUCIBLE at everybody: after a block there is one state, which the galaxy certified. */
final class StateWatch {

  private final Violations violations;
  private final TreeMap<Long, Hash> roots = new TreeMap<>();
  // Of heights that nobody has handed out yet: the galaxy's members are there first.
  private final TreeMap<Long, TreeMap<String, TreeSet<Hash>>> early = new TreeMap<>();

  StateWatch(Violations violations) {
    this.violations = violations;
  }

  /** The root that a certified block names. */
  void certified(long height, Hash root) {
    roots.put(height, root);
    var before = early.remove(height);
    if (before != null) {
      before.forEach((who, states) -> states.forEach(theirs -> compare(who, height, theirs, root)));
    }
  }

  /** Somebody correct has this state. */
  void has(String who, LedgerState state) {
    var root = roots.get(state.height());
    if (root == null) {
      early
          .computeIfAbsent(state.height(), _ -> new TreeMap<>())
          .computeIfAbsent(who, _ -> new TreeSet<>())
          .add(state.root());
    } else {
      compare(who, state.height(), state.root(), root);
    }
  }

  private void compare(String who, long height, Hash theirs, Hash root) {
    if (!theirs.equals(root)) {
      violations.found("REPRODUCIBLE", "%s has another state at %d".formatted(who, height));
    }
  }

  /** The root after a block. */
  Optional<Hash> root(long height) {
    return Optional.ofNullable(roots.get(height));
  }
}
