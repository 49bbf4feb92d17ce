package org.constellation.consensus;

/**
 * A member's value for a slot: the unit of everything that is sent, journalled, counted and kept as
 * evidence. Who voted is known from the envelope.
 *
 * @param slot where the vote belongs
 * @param value what it says there
 */
public record Vote(Slot slot, VoteValue value) {

  @Override
  public String toString() {
    return slot + "=" + value;
  }
}
