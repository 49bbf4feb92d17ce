package org.constellation.protocol.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.merkle.StateEditor;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;

/**
 * The changes of one block to a {@link LedgerState}, which itself stays as it is. Keeps indexes and
 * records consistent; whether a change is legal is decided by the caller. Used by one thread and
 * only until {@link #freeze}.
 */
public final class LedgerEdit {

  private static final StateEntry DUE = new StateEntry.Due();

  private final LedgerState before;
  private final StateEditor<StateEntry> editor;

  /** Stars met in this block: each is read and changed often, and hashed once. */
  private final Map<StarId, StarRecord> stars = new LinkedHashMap<>();

  /** Assets met in this block, as the editor has them. Only looked up in: every leg asks. */
  private final Map<AssetId, AssetRecord> assets = new HashMap<>();

  LedgerEdit(LedgerState before, StateEditor<StateEntry> editor) {
    this.before = before;
    this.editor = editor;
  }

  /** The state before the block. */
  public LedgerState before() {
    return before;
  }

  /** Ends the edit. */
  public LedgerState freeze(long height, LedgerTime time) {
    stars.forEach((star, edited) -> editor.put(StateKey.star(star), edited));
    editor.put(StateKey.clock(), new StateEntry.Clock(height, time));
    return new LedgerState(editor.freeze());
  }

  /** A star that has a home. */
  public Optional<StarRecord> star(StarId star) {
    var edited = stars.get(star);
    return edited != null ? Optional.of(edited) : get(StateKey.star(star), StarRecord.class);
  }

  /**
   * A star that is known to have a home.
   *
   * @throws java.util.NoSuchElementException if it has none: a defect
   */
  public StarRecord knownStar(StarId star) {
    return star(star).orElseThrow();
  }

  /** Changes a star or adds one. */
  public void put(StarId star, StarRecord changed) {
    stars.put(star, changed);
  }

  /** What a star can spend of an asset. */
  public long balance(StarId star, AssetId asset) {
    return get(StateKey.balance(star, asset), StateEntry.Balance.class)
        .map(StateEntry.Balance::amount)
        .orElse(0L);
  }

  /** Sets what a star can spend of an asset. */
  public void setBalance(StarId star, AssetId asset, long amount) {
    if (amount == 0) {
      editor.remove(StateKey.balance(star, asset));
    } else {
      editor.put(StateKey.balance(star, asset), new StateEntry.Balance(amount));
    }
  }

  /** A defined asset. */
  public Optional<AssetRecord> asset(AssetId asset) {
    var met = assets.get(asset);
    if (met != null) {
      return Optional.of(met);
    }
    var found = get(StateKey.asset(asset), AssetRecord.class);
    found.ifPresent(known -> assets.put(asset, known));
    return found;
  }

  /** Defines or changes an asset. */
  public void put(AssetId asset, AssetRecord changed) {
    editor.put(StateKey.asset(asset), changed);
    assets.put(asset, changed);
  }

  /** What is remembered of an executed proposal. */
  public Optional<ProposalRecord> proposal(Hash proposal) {
    return get(StateKey.proposal(proposal), ProposalRecord.class);
  }

  /** Remembers a proposal until its record's last tick, in place of what was remembered. */
  public void put(Hash proposal, ProposalRecord changed) {
    var known = proposal(proposal);
    if (known.isEmpty() || known.get().until() != changed.until()) {
      known.ifPresent(old -> editor.remove(StateKey.dueProposal(old.until(), proposal)));
      editor.put(StateKey.dueProposal(changed.until(), proposal), DUE);
    }
    editor.put(StateKey.proposal(proposal), changed);
  }

  /** Forgets a proposal. */
  public void forget(Hash proposal) {
    proposal(proposal).ifPresent(old -> editor.remove(StateKey.dueProposal(old.until(), proposal)));
    editor.remove(StateKey.proposal(proposal));
  }

  /** A star's agreement that waits for its proposal. */
  public Optional<StateEntry.Waiting> waiting(Hash proposal, StarId star) {
    return get(StateKey.waiting(proposal, star), StateEntry.Waiting.class);
  }

  /** Lets an agreement wait. */
  public void putWaiting(Hash proposal, StarId star, StateEntry.Waiting waiting) {
    editor.put(StateKey.waiting(proposal, star), waiting);
    editor.put(StateKey.dueWaiting(waiting.until(), proposal, star), DUE);
    put(star, knownStar(star).withWaiting(1));
  }

  /** Ends an agreement's waiting; returns it if it was still waiting. */
  public Optional<StateEntry.Waiting> removeWaiting(Hash proposal, StarId star) {
    var waiting = waiting(proposal, star);
    waiting.ifPresent(
        ended -> {
          editor.remove(StateKey.waiting(proposal, star));
          editor.remove(StateKey.dueWaiting(ended.until(), proposal, star));
          put(star, knownStar(star).withWaiting(-1));
        });
    return waiting;
  }

  /**
   * The first {@code max} whose last tick is before {@code tick}, ascending by last tick, kind and
   * id.
   */
  public List<DueEntry> dueBefore(long tick, int max) {
    var due = new ArrayList<DueEntry>();
    var found = editor.withPrefix(new byte[] {StateKey.DUE});
    while (due.size() < max && found.hasNext()) {
      var entry = StateKey.dueEntry(found.next().key());
      if (entry.lastTick() >= tick) {
        break;
      }
      due.add(entry);
    }
    return due;
  }

  /** How many clusters there are. */
  public int clusterCount() {
    var count = 0;
    var found = editor.withPrefix(new byte[] {StateKey.CLUSTER});
    while (found.hasNext()) {
      var _ = found.next();
      count++;
    }
    return count;
  }

  /** From {@code sequence} on, {@code key} signs for a star. */
  public void changeKey(StarId star, long sequence, PublicKey key) {
    editor.put(StateKey.keyFrom(star, sequence), new StateEntry.KeyFrom(key));
    put(star, knownStar(star).signingWith(key));
  }

  /** The key that signs for a known star at a sequence, from 1. */
  public PublicKey keyAt(StarId star, long sequence) {
    return LedgerState.keyAt(editor, star, sequence);
  }

  /** The latest executed notice of a star and kind. */
  public Optional<StateEntry.Counter> lastNotice(StarId star, Notice.Kind kind) {
    return get(StateKey.counter(star, kind), StateEntry.Counter.class);
  }

  /** Sets the latest executed notice of its star and kind. */
  public void putLastNotice(Notice notice) {
    editor.put(
        StateKey.counter(notice.star(), notice.kind()),
        new StateEntry.Counter(notice.counter(), notice.id()));
  }

  /** A cluster's last final checkpoint. */
  public Optional<ClusterRecord> cluster(int cluster) {
    return get(StateKey.cluster(cluster), ClusterRecord.class);
  }

  /** Sets a cluster's last final checkpoint. */
  public void put(int cluster, ClusterRecord changed) {
    editor.put(StateKey.cluster(cluster), changed);
  }

  /** A committee's plan in force. */
  public Optional<EraPlan> eraPlan(Committee committee) {
    return get(StateKey.plan(committee), StateEntry.Plan.class).map(StateEntry.Plan::plan);
  }

  /** Records a contract or composition under its half-block's id. */
  public void put(Hash halfBlock, RegistrationRecord registration) {
    editor.put(StateKey.registration(halfBlock), registration);
  }

  /** A star's offer, while it is in the pool. */
  public Optional<CandidateRecord> candidate(StarId star) {
    return get(StateKey.candidate(star), CandidateRecord.class);
  }

  /** Puts a star into the pool, or changes its offer. */
  public void put(StarId star, CandidateRecord candidate) {
    editor.put(StateKey.candidate(star), candidate);
    editor.put(
        StateKey.operationalKey(candidate.offer().operationalKey()), new StateEntry.Bound(star));
  }

  /** Takes a star out of the pool; returns whether it was in it. */
  public boolean removeCandidate(StarId star) {
    return editor.remove(StateKey.candidate(star));
  }

  /** The star that an operational key serves. */
  public Optional<StarId> starOf(PublicKey operationalKey) {
    return get(StateKey.operationalKey(operationalKey), StateEntry.Bound.class)
        .map(StateEntry.Bound::star);
  }

  /** Sets a star's latest check-in. */
  public void put(StarId star, StateEntry.LastCheckIn checkIn) {
    editor.put(StateKey.checkIn(star), checkIn);
  }

  /**
   * Convicts a member, and excludes its star from the next elections. Several seats of one star in
   * one committee count once an era, as one seat's several offences do.
   *
   * @return whether the member was not convicted in this era before
   */
  public boolean convict(EraPlan plan, CommitteeMember member, long height) {
    if (isConvicted(plan, member)) {
      return false;
    }
    var isFirst =
        plan.members().stream()
            .filter(seat -> seat.star().equals(member.star()))
            .noneMatch(seat -> isConvicted(plan, seat));
    editor.put(conviction(plan, member), new StateEntry.Conviction(height));
    if (isFirst) {
      var before = get(StateKey.exclusion(member.star()), ExclusionRecord.class);
      editor.put(
          StateKey.exclusion(member.star()),
          before
              .map(exclusion -> exclusion.convictedAgain(height))
              .orElseGet(() -> ExclusionRecord.first(height)));
    }
    return true;
  }

  private boolean isConvicted(EraPlan plan, CommitteeMember member) {
    return editor.get(conviction(plan, member)).isPresent();
  }

  private static byte[] conviction(EraPlan plan, CommitteeMember member) {
    return StateKey.conviction(plan.committee(), plan.era(), member.operationalKey());
  }

  /** The latest table votes of a galaxy member. */
  public List<TableVote> memberVotes(PublicKey operationalKey) {
    return get(StateKey.memberVotes(operationalKey), StateEntry.MemberVotes.class)
        .map(StateEntry.MemberVotes::votes)
        .orElse(List.of());
  }

  /** Sets the latest table votes of a galaxy member. */
  public void putMemberVotes(PublicKey operationalKey, List<TableVote> votes) {
    editor.put(StateKey.memberVotes(operationalKey), new StateEntry.MemberVotes(votes));
  }

  /** The table of a kind that is in force. */
  public Optional<TableVote> adoptedTable(String kind) {
    return get(StateKey.adoptedTable(kind), StateEntry.AdoptedTable.class)
        .map(StateEntry.AdoptedTable::table);
  }

  /** Puts a table in force. */
  public void adopt(TableVote table) {
    editor.put(StateKey.adoptedTable(table.kind()), new StateEntry.AdoptedTable(table));
  }

  private <T extends StateEntry> Optional<T> get(byte[] key, Class<T> type) {
    return editor.get(key).map(type::cast);
  }
}
