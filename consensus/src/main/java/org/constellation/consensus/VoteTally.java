package org.constellation.consensus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The first value of every member in one slot. A member counts once, with what it said first.
 *
 * @param <V> what members vote for
 */
public final class VoteTally<V> {

  private final List<@Nullable V> firsts;

  /** What a further vote means. */
  public enum Cast {
    /** The member's first value: it counts now. */
    NEW,
    /** The same value once more: silence. */
    REPEATED,
    /** Another value: evidence. The first one still counts. */
    CONFLICTING
  }

  /** A tally without votes. */
  public VoteTally(Roster roster) {
    this.firsts = new ArrayList<@Nullable V>(Collections.<@Nullable V>nCopies(roster.size(), null));
  }

  /** Counts {@code member}'s {@code value} if it is its first. */
  public Cast cast(MemberIndex member, V value) {
    var first = firsts.get(member.value());
    if (first == null) {
      firsts.set(member.value(), value);
      return Cast.NEW;
    }
    return first.equals(value) ? Cast.REPEATED : Cast.CONFLICTING;
  }

  /** What {@code member} said first. */
  public Optional<V> of(MemberIndex member) {
    return Optional.ofNullable(firsts.get(member.value()));
  }

  /** Whether {@code member} said anything. */
  public boolean has(MemberIndex member) {
    return firsts.get(member.value()) != null;
  }

  /** How many members said {@code value}. */
  public int count(V value) {
    var count = 0;
    for (var first : firsts) {
      if (value.equals(first)) {
        count++;
      }
    }
    return count;
  }

  /** Who said {@code value}. */
  public MemberSet votersFor(V value) {
    return voters(value::equals);
  }

  /** Who said something that {@code accepted} holds for. */
  public MemberSet voters(Predicate<? super V> accepted) {
    var bits = 0L;
    for (var i = 0; i < firsts.size(); i++) {
      var value = firsts.get(i);
      if (value != null && accepted.test(value)) {
        bits |= 1L << i;
      }
    }
    return new MemberSet(bits);
  }

  /** All different values, in the order of the lowest member that said them. */
  public List<V> values() {
    var values = new ArrayList<V>();
    for (var first : firsts) {
      if (first != null && !values.contains(first)) {
        values.add(first);
      }
    }
    return values;
  }
}
