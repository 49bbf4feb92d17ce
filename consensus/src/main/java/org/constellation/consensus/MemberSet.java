package org.constellation.consensus;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of members. Immutable; iterates in index order.
 *
 * @param bits bit i is set if member i belongs to the set
 */
public record MemberSet(long bits) {

  /** The set without members. */
  public static final MemberSet EMPTY = new MemberSet(0);

  /** The set of {@code member} alone. */
  public static MemberSet of(MemberIndex member) {
    return EMPTY.with(member);
  }

  /** This set and {@code member}. */
  public MemberSet with(MemberIndex member) {
    return new MemberSet(bits | 1L << member.value());
  }

  /** This set but {@code member}. */
  public MemberSet without(MemberIndex member) {
    return new MemberSet(bits & ~(1L << member.value()));
  }

  /** The members of either set. */
  public MemberSet union(MemberSet other) {
    return new MemberSet(bits | other.bits);
  }

  /** Whether {@code member} belongs to this set. */
  public boolean contains(MemberIndex member) {
    return (bits >>> member.value() & 1) == 1;
  }

  /** How many members belong to this set. */
  public int size() {
    return Long.bitCount(bits);
  }

  /** Whether nobody belongs to this set. */
  public boolean isEmpty() {
    return bits == 0;
  }

  /** The members in index order. */
  public List<MemberIndex> members() {
    return IntStream.range(0, Roster.MEMBERS_MAX)
        .filter(i -> (bits >>> i & 1) == 1)
        .mapToObj(MemberIndex::new)
        .toList();
  }

  @Override
  public String toString() {
    return members().toString();
  }
}
