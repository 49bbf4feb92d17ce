package org.constellation.consensus;

/** A member that did what no correct member does. Never a correct one, whatever the network did. */
public sealed interface Fault {

  /** Who misbehaved. */
  MemberIndex member();

  /** Where. */
  Slot slot();

  /**
   * Two values where one is allowed. With the two signed envelopes this convicts before everybody.
   *
   * @param first the value that is counted
   * @param second the value that is not
   */
  record Equivocated(MemberIndex member, Slot slot, VoteValue first, VoteValue second)
      implements Fault {}

  /**
   * A vote that means nothing. The observer knows that its sender is faulty, and is not trusted on
   * its word.
   */
  record Invalid(MemberIndex member, Slot slot, Reason reason) implements Fault {}

  /** What is wrong with an invalid vote. */
  enum Reason {
    /** There is no such slot in the round, or no such value in the slot. */
    MALFORMED,
    /** A proposal in somebody else's instance. */
    PROPOSED_OUT_OF_TURN,
    /** A coin or beacon share that does not prove itself. */
    INVALID_SHARE
  }
}
