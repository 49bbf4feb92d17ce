package org.constellation.star.writer;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A star as the writer knows it; its account, if it has one here, at the very latest state. Only
 * the writer's turns touch it. After a failed commit it is thrown away and loaded again.
 */
final class Party {

  /** What frames a half-block inside a segment, and a segment's key and signature. */
  private static final int FRAME_BYTES = 8;

  private static final int SEGMENT_FRAME_BYTES = 256;

  private final StarId star;
  private @Nullable StoredAccount account;
  private int openProposals;
  private int earlyAgreements;
  private @Nullable SigningKey signer;
  private final List<HalfBlock> run = new ArrayList<>();
  private int runBytes = SEGMENT_FRAME_BYTES;
  private final NavigableMap<Long, Books.Pending> pending;

  Party(StarId star, Books.StoredParty stored) {
    this.star = star;
    this.account = stored.account();
    this.openProposals = stored.openProposals();
    this.pending = new TreeMap<>(stored.pending());
  }

  StarId star() {
    return star;
  }

  /** The account, if the star has one here. */
  Optional<StoredAccount> account() {
    return Optional.ofNullable(account);
  }

  boolean isServed() {
    return account != null;
  }

  boolean isCustodial() {
    return account != null && account.isCustodial();
  }

  int openProposals() {
    return openProposals;
  }

  void proposalOpened() {
    openProposals++;
  }

  void proposalEnded() {
    openProposals = Math.max(0, openProposals - 1);
  }

  /** Its agreements to proposals that the galaxy has not executed yet, as far as remembered. */
  int earlyAgreements() {
    return earlyAgreements;
  }

  void agreedEarly() {
    earlyAgreements++;
  }

  void earlyAgreementMet() {
    earlyAgreements = Math.max(0, earlyAgreements - 1);
  }

  void open(StoredAccount opened) {
    account = opened;
  }

  /** The account of a star that is known to have one. */
  StoredAccount served() {
    if (account == null) {
      throw new IllegalStateException("no account of " + star);
    }
    return account;
  }

  /** Another half-block at the head, whoever made it. */
  void headIs(HalfBlock head) {
    var before = served();
    var nextKey =
        head.body() instanceof Body.KeyChange change ? change.newKey() : before.signingKey();
    account = before.withHead(head.sequence(), head.id(), nextKey);
    pending.put(head.sequence(), new Books.Pending(head.id(), Transaction.concernedBy(head)));
  }

  void executedUpTo(long sequence) {
    account = served().executedUpTo(sequence);
    pending.headMap(sequence, true).clear();
  }

  /** Its half-block at a sequence, while the galaxy has not executed it. */
  Optional<Books.Pending> pendingAt(long sequence) {
    return Optional.ofNullable(pending.get(sequence));
  }

  /** How many of its half-blocks without a receipt answer a transaction. */
  long pendingAbout(Hash transaction) {
    return pending.values().stream()
        .filter(
            one -> Objects.equals(one.transaction(), transaction) && !transaction.equals(one.id()))
        .count();
  }

  /** Its half-blocks without a receipt from a sequence on. */
  List<Books.Pending> pendingFrom(long sequence) {
    return List.copyOf(pending.tailMap(sequence, true).values());
  }

  /**
   * Another half-block than its own is final at a sequence: what it made from there on is void, and
   * its chain goes on from the final one.
   */
  void isSupersededBy(HalfBlock executed) {
    pending.tailMap(executed.sequence(), true).clear();
    run.clear();
    runBytes = SEGMENT_FRAME_BYTES;
    headIs(executed);
  }

  void hasHome() {
    account = served().withHome();
  }

  /** Makes the next half-block of a star that the service signs for; signed with its run. */
  HalfBlock extend(Hash network, Body body, Keys keys) {
    var before = served();
    if (signer == null) {
      // Now, since a key change alters which key the account names.
      signer = keys.signerOf(before);
    }
    var halfBlock =
        ChainCodec.halfBlock(network, star, before.headSequence() + 1, before.headId(), body);
    run.add(halfBlock);
    runBytes += halfBlock.bytes().length() + FRAME_BYTES;
    headIs(halfBlock);
    return halfBlock;
  }

  /** Signs nothing with {@code key} that was made before it. */
  void signWith(SigningKey key, Bytes sealed) {
    signer = key;
    account = served().keeping(sealed, key.publicKey());
  }

  /** Whether one more half-block of the greatest size might not fit the segment under way. */
  boolean isRunFull() {
    return run.size() == Segment.LENGTH_MAX
        || runBytes + HalfBlock.BYTES_MAX + FRAME_BYTES > Segment.BYTES_MAX;
  }

  boolean hasRun() {
    return !run.isEmpty();
  }

  /** Puts everything made since the last call under one signature. */
  Segment sign() {
    if (signer == null) {
      throw new IllegalStateException("nothing to sign");
    }
    var last = run.getLast();
    var segment =
        Segment.of(
            signer.publicKey(), List.copyOf(run), signer.sign(Segment.signedMessage(last.id())));
    run.clear();
    runBytes = SEGMENT_FRAME_BYTES;
    return segment;
  }
}
