package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.Frozen;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.protocol.crypto.Hash;

/** A member's disk: what one round's steps told it to keep, and the payloads that it holds. */
public final class MemberJournal {

  private final List<Vote> votes = new ArrayList<>();
  private final List<Frozen> frozen = new ArrayList<>();
  private final SortedMap<MemberIndex, SortedSet<Hash>> payloads = new TreeMap<>();

  /** Keeps a step, all or nothing. */
  public void append(Step<?> step) {
    votes.addAll(step.votes());
    frozen.addAll(step.frozen());
  }

  /** Keeps a payload. */
  public void store(MemberIndex proposer, Hash digest) {
    payloads.computeIfAbsent(proposer, _ -> new TreeSet<>()).add(digest);
  }

  /** Whether a payload is kept. */
  public boolean holds(MemberIndex proposer, Hash digest) {
    var digests = payloads.get(proposer);
    return digests != null && digests.contains(digest);
  }

  /** All payloads kept, by proposer. */
  public SortedMap<MemberIndex, SortedSet<Hash>> payloads() {
    return payloads;
  }

  /** What the journal knows of the round. */
  public Recall recall() {
    return Recall.of(votes, frozen);
  }
}
