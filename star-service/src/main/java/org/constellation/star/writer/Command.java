package org.constellation.star.writer;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.jspecify.annotations.Nullable;

/** What the writer is asked to do. */
public sealed interface Command {

  /** From a user, who waits for the answer; refused while the writer has too many of them. */
  sealed interface Request extends Command {
    /** Completed after the commit, or with the reason for which nothing was written. */
    CompletableFuture<Accepted> answer();
  }

  /** From the network; nobody waits, and what fails is tried again. */
  sealed interface News extends Command {}

  /**
   * @param id of the transaction, or of the half-block where there is no transaction
   * @param sequence of the last half-block that was written
   */
  record Accepted(Hash id, long sequence) {}

  /** Opens an account; its id is the star's. */
  record Open(StoredAccount account, CompletableFuture<Accepted> answer) implements Request {}

  /**
   * Proposes a transaction for a star whose key the service keeps.
   *
   * @param tokenHash of the token that the caller showed
   */
  record Propose(
      StarId star,
      Hash tokenHash,
      Offer offer,
      @Nullable RepeatKey repeatKey,
      CompletableFuture<Accepted> answer)
      implements Request {}

  /**
   * What a proposal says before it has a place in a chain.
   *
   * @param validForTicks how long the counterparty may agree, from now
   */
  record Offer(StarId counterparty, List<Leg> legs, String memo, long validForTicks) {
    public Offer {
      legs = List.copyOf(legs);
    }
  }

  /**
   * An idempotency key.
   *
   * @param request hash of what is asked
   */
  record RepeatKey(String key, Hash request) {}

  /** What a party may do with a transaction that was proposed. */
  enum Act {
    AGREE,
    REFUSE,
    CANCEL
  }

  /** Agrees to, refuses or takes back a transaction. */
  record Answer(Hash transaction, Act act, Hash tokenHash, CompletableFuture<Accepted> answer)
      implements Request {}

  /** Writes a half-block that belongs to no transaction. */
  record Write(
      StarId star,
      Hash tokenHash,
      Body body,
      @Nullable RepeatKey repeatKey,
      CompletableFuture<Accepted> answer)
      implements Request {}

  /**
   * Puts another key in the place of a star's.
   *
   * @param key the new one
   * @param sealed its secret, encrypted
   */
  record ChangeKey(
      StarId star, Hash tokenHash, SigningKey key, Bytes sealed, CompletableFuture<Accepted> answer)
      implements Request {}

  /** A segment that its star's owner signed; its signature was checked. */
  record Submit(Segment segment, CompletableFuture<Accepted> answer) implements Request {}

  /** Somebody's proposals out of the inbox; the signature was checked. */
  record Delivered(Segment segment) implements News {}

  /** Half-blocks whose place a cluster certified; the certificate was checked. */
  record Promised(List<HalfBlock> halfBlocks) implements News {
    public Promised {
      halfBlocks = List.copyOf(halfBlocks);
    }
  }

  /**
   * Facilitators will not take a half-block, nor what follows it, and so many of them say so that a
   * correct one is among them.
   *
   * @param reason one that no later state lifts
   */
  record Refused(StarId star, long sequence, Hash halfBlock, Outcome reason) implements News {}

  /** Transactions that may lack an agreement which the service gives of its own accord. */
  record Unanswered(List<Hash> transactions) implements News {
    public Unanswered {
      transactions = List.copyOf(transactions);
    }
  }

  /** A galaxy block that was verified and executed again. */
  record Executed(
      long height,
      Hash hash,
      List<HalfBlock> halfBlocks,
      List<Notice> notices,
      List<Receipt> receipts)
      implements News {
    public Executed {
      halfBlocks = List.copyOf(halfBlocks);
      notices = List.copyOf(notices);
      receipts = List.copyOf(receipts);
    }
  }
}
