package org.constellation.star.writer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** The writer's database; one round trip for each call, however much is asked for. */
public interface Books {

  /** What is stored about each of these stars; every one of them is in the answer. */
  Map<StarId, StoredParty> parties(Collection<StarId> stars);

  /**
   * @param account null for a star that this service does not serve
   * @param openProposals its proposals that have not ended, as far as this service knows
   * @param pending its half-blocks without a receipt, by sequence
   */
  record StoredParty(
      @Nullable StoredAccount account, int openProposals, NavigableMap<Long, Pending> pending) {}

  /**
   * A half-block that the galaxy has not executed.
   *
   * @param transaction that it concerns, null for none
   */
  record Pending(Hash id, @Nullable Hash transaction) {}

  /** Those of these transactions that are stored. */
  Map<Hash, Transaction> transactions(Collection<Hash> ids);

  /** What these idempotency keys were answered with; nothing for new ones. */
  Map<AnswerKey, StoredAnswer> answers(Collection<AnswerKey> keys);

  /** A star's idempotency key. */
  record AnswerKey(StarId star, String key) {}

  /**
   * @param request hash of what was asked
   */
  record StoredAnswer(Hash request, Command.Accepted accepted) {}

  /** Ids of a star's half-blocks from one sequence to another, both included, by sequence. */
  Map<Long, Hash> halfBlockIds(StarId star, long from, long to);

  /** The last galaxy block whose receipts are stored. */
  Position position();

  /**
   * @param height 0 before the first
   */
  record Position(long height, Hash hash) {}

  /** The last place in the feed that was given away. */
  long lastChange();

  /** Hands over every stored segment without a receipt, by star and sequence. */
  void outbox(Consumer<Outgoing> consumer);

  /** Stars that wait for a home, with the notices that ask for it. */
  List<StoredAccount> waitingForHome();

  /**
   * Transactions that have not ended and that a star in custody has not agreed to, in the order of
   * star and change.
   *
   * @param after the last one that is known already, null to begin
   */
  List<Unanswered> unanswered(@Nullable Unanswered after, int max);

  /** One of them, with its place in that order. */
  record Unanswered(StarId counterparty, long change, Hash id) {}

  /** Stores all of it in one transaction, or nothing. */
  void write(Changes changes);
}
