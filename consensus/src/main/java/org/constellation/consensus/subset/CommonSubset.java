package org.constellation.consensus.subset;

import java.util.Optional;
import java.util.SortedMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.protocol.crypto.Hash;

/**
 * One round's agreement on a common subset, as one member sees it: what a layer round needs of it.
 * {@link Subset} is the protocol; a simulation may put something quicker in its place.
 */
public interface CommonSubset {

  /** Sends the recalled votes again and goes on from them. The first call after a restart. */
  Step<AgreedSubset> resume();

  /** Proposes the payload of {@code digest}. A digest proposed before, ever, stands. */
  Step<AgreedSubset> propose(Hash digest);

  /**
   * Notes that {@code proposer}'s payload {@code digest} and all bodies that it names are stored
   * durably and passed the checks on which all correct members agree. After a restart this must be
   * said again.
   */
  Step<AgreedSubset> held(MemberIndex proposer, Hash digest);

  /** Counts a vote of {@code from}, a member of the roster. Total on any vote. */
  Step<AgreedSubset> handle(MemberIndex from, Vote vote);

  /**
   * Which of {@code proposer}'s payloads are worth storing and pulling, and who should hold them.
   * Nothing once it is delivered, or agreed that it is left out.
   */
  SortedMap<Hash, MemberSet> wanted(MemberIndex proposer);

  /** The highest round that any of the agreements is in, counted from 0. */
  int highestAgreementRound();

  /** What was agreed. */
  Optional<AgreedSubset> agreed();
}
