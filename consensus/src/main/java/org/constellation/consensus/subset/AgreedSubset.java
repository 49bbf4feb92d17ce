package org.constellation.consensus.subset;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.protocol.crypto.Hash;

/**
 * What a round agreed on; equal at all correct members. Every payload is held by this member.
 *
 * @param proposals the digest of every agreed proposer's payload; n−f of them or more
 * @param beacon randomness that nobody could know before the proposals were fixed
 */
public record AgreedSubset(SortedMap<MemberIndex, Hash> proposals, Hash beacon) {

  /** Copies the proposals. */
  public AgreedSubset {
    proposals = Collections.unmodifiableSortedMap(new TreeMap<>(proposals));
  }
}
