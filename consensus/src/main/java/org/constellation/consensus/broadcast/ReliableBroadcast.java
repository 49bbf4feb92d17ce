package org.constellation.consensus.broadcast;

import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteTally;
import org.constellation.consensus.broadcast.BroadcastMessage.Echo;
import org.constellation.consensus.broadcast.BroadcastMessage.Propose;
import org.constellation.consensus.broadcast.BroadcastMessage.Ready;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * One proposer, one payload: all correct members deliver the same one, or none delivers any
 * (Bracha's reliable broadcast; Honey Badger's without its erasure code, which would write more
 * than it saves on a log that stores every record once).
 *
 * <pre>
 * ECHO(d)   once, for the first digest that the proposer named, when its payload is held
 * READY(d)  once, on n−f ECHO(d) or f+1 READY(d)
 * deliver d on 2f+1 READY(d), when its payload is held
 * </pre>
 *
 * <p>The payload travels outside. <em>Held</em> means: the caller stores the payload and every body
 * that it names durably, and all of them passed checks that every correct member agrees on. Since
 * only holders echo, f+1 correct members hold whatever can be delivered, and who lacks it can pull
 * it: {@link #wanted()}.
 */
public final class ReliableBroadcast {

  private final Roster roster;
  private final MemberIndex self;
  private final MemberIndex proposer;
  private final VoteTally<Hash> proposals;
  private final VoteTally<Hash> echoes;
  private final VoteTally<Hash> readies;
  private final Recall recall;
  private final Set<Hash> held = new HashSet<>();
  private @Nullable Hash delivered;

  /** The broadcast of {@code proposer} as {@code self} sees it. */
  public ReliableBroadcast(Roster roster, MemberIndex self, MemberIndex proposer, Recall recall) {
    this.roster = roster;
    this.self = self;
    this.proposer = proposer;
    this.recall = recall;
    this.proposals = new VoteTally<>(roster);
    this.echoes = new VoteTally<>(roster);
    this.readies = new VoteTally<>(roster);
    for (var vote : recall.votesOf(proposer.value())) {
      BroadcastMessage.from(vote).ifPresent(message -> count(self, message));
    }
  }

  /** Sends the recalled votes again. The first call after a restart. */
  public Step<Hash> resume() {
    var step = new Step.Builder<Hash>();
    for (var vote : recall.votesOf(proposer.value())) {
      BroadcastMessage.from(vote)
          .ifPresent(
              message -> {
                step.vote(vote);
                advance(message.digest(), step);
              });
    }
    return step.build();
  }

  /**
   * Names this member's own payload; it must be held soon. A digest named before, also in an
   * earlier life, stands.
   *
   * @throws IllegalStateException if this member is not the proposer
   */
  public Step<Hash> propose(Hash digest) {
    if (!self.equals(proposer)) {
      throw new IllegalStateException(self + " cannot propose for " + proposer);
    }
    var step = new Step.Builder<Hash>();
    if (!proposals.has(self)) {
      say(new Propose(digest), step);
    }
    return step.build();
  }

  /** Notes that the payload of {@code digest} is held. */
  public Step<Hash> held(Hash digest) {
    var step = new Step.Builder<Hash>();
    if (held.add(digest)) {
      advance(digest, step);
    }
    return step.build();
  }

  /** Counts a vote of {@code from} in this broadcast. */
  public Step<Hash> handle(MemberIndex from, Vote vote) {
    if (from.equals(self)) {
      return Step.idle();
    }
    var step = new Step.Builder<Hash>();
    var decoded = BroadcastMessage.from(vote);
    if (decoded.isEmpty()) {
      step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.MALFORMED));
    } else if (decoded.get() instanceof Propose && !from.equals(proposer)) {
      step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.PROPOSED_OUT_OF_TURN));
    } else {
      receive(from, decoded.get(), step);
    }
    return step.build();
  }

  /**
   * The digests whose payloads are worth storing and pulling although they are not held yet, and
   * who should hold them: the digest that the proposer named first, and any that f+1 READY or n−f
   * ECHO stand behind. Bounded by the number of members, whatever the proposer does.
   */
  public SortedMap<Hash, MemberSet> wanted() {
    if (delivered != null) {
      return Collections.emptySortedMap();
    }
    var wanted = new TreeMap<Hash, MemberSet>();
    proposals
        .of(proposer)
        .filter(digest -> !held.contains(digest))
        .ifPresent(digest -> wanted.put(digest, holders(digest).with(proposer)));
    for (var digest : readies.values()) {
      addIfStrong(digest, wanted);
    }
    for (var digest : echoes.values()) {
      addIfStrong(digest, wanted);
    }
    return wanted;
  }

  private void addIfStrong(Hash digest, SortedMap<Hash, MemberSet> wanted) {
    if (!held.contains(digest) && isStrong(digest)) {
      wanted.putIfAbsent(digest, holders(digest));
    }
  }

  private MemberSet holders(Hash digest) {
    return echoes.votersFor(digest).without(self);
  }

  /** The delivered digest. */
  public Optional<Hash> delivered() {
    return Optional.ofNullable(delivered);
  }

  private void receive(MemberIndex from, BroadcastMessage message, Step.Builder<Hash> step) {
    switch (count(from, message)) {
      case NEW -> advance(message.digest(), step);
      case REPEATED -> {}
      case CONFLICTING -> step.blame(equivocation(from, message));
    }
  }

  private VoteTally.Cast count(MemberIndex from, BroadcastMessage message) {
    return tally(message).cast(from, message.digest());
  }

  private VoteTally<Hash> tally(BroadcastMessage message) {
    return switch (message) {
      case Propose _ -> proposals;
      case Echo _ -> echoes;
      case Ready _ -> readies;
    };
  }

  private Fault equivocation(MemberIndex from, BroadcastMessage second) {
    var digest = tally(second).of(from).orElseThrow();
    var first =
        switch (second) {
          case Propose _ -> new Propose(digest);
          case Echo _ -> new Echo(digest);
          case Ready _ -> new Ready(digest);
        };
    var vote = second.toVote(proposer);
    return new Fault.Equivocated(from, vote.slot(), first.toVote(proposer).value(), vote.value());
  }

  /** Counts only ever change for the digest that was just counted, so only it can cross a line. */
  private void advance(Hash digest, Step.Builder<Hash> step) {
    if (!echoes.has(self)
        && held.contains(digest)
        && proposals.of(proposer).filter(digest::equals).isPresent()) {
      say(new Echo(digest), step);
    }
    if (!readies.has(self) && isStrong(digest)) {
      say(new Ready(digest), step);
    }
    if (delivered == null
        && held.contains(digest)
        && readies.count(digest) >= roster.correctMajority()) {
      delivered = digest;
      step.output(digest);
    }
  }

  private boolean isStrong(Hash digest) {
    return readies.count(digest) >= roster.oneCorrect() || echoes.count(digest) >= roster.quorum();
  }

  private void say(BroadcastMessage message, Step.Builder<Hash> step) {
    var cast = count(self, message);
    if (cast != VoteTally.Cast.NEW) {
      throw new IllegalStateException("said before: " + message);
    }
    step.vote(message.toVote(proposer));
    advance(message.digest(), step);
  }

  @Override
  public String toString() {
    return new Slot(proposer.value(), SlotKind.PROPOSE, 0) + " delivered=" + delivered;
  }
}
