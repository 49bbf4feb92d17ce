package org.constellation.consensus.testkit;

import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Vote;
import org.constellation.protocol.crypto.Hash;

/**
 * What members of one round send each other.
 *
 * @param votes votes of the sender
 * @param payloads payloads, of which only the digests matter here
 * @param pulls payloads that the sender asks for
 */
public record Packet(List<Vote> votes, List<Payload> payloads, List<Payload> pulls) {

  /** A proposer's payload. */
  public record Payload(MemberIndex proposer, Hash digest) {}

  /** Copies the lists. */
  public Packet {
    votes = List.copyOf(votes);
    payloads = List.copyOf(payloads);
    pulls = List.copyOf(pulls);
  }

  /** Votes alone. */
  public static Packet of(List<Vote> votes) {
    return new Packet(votes, List.of(), List.of());
  }

  /** The same with other votes. */
  public Packet with(List<Vote> others) {
    return new Packet(others, payloads, pulls);
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return votes.isEmpty() && payloads.isEmpty() && pulls.isEmpty();
  }
}
