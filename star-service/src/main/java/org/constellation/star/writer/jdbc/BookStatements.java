package org.constellation.star.writer.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.sql.Columns;
import org.constellation.star.transaction.Legs;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Changes;
import org.constellation.star.writer.Outgoing;
import org.jspecify.annotations.Nullable;

/** The statements of one batch. Plain inserts: a repeated sequence, id or key fails the batch. */
final class BookStatements {

  private BookStatements() {}

  static void write(Connection connection, Changes changes) throws SQLException {
    open(connection, changes.opened());
    accounts(connection, changes.accounts().values());
    withdrawn(connection, changes.withdrawn().entrySet());
    halfBlocks(connection, changes.halfBlocks());
    outcomes(connection, changes.outcomes().entrySet());
    proposed(connection, changes.proposed().values());
    moved(connection, changes.moved().values());
    answers(connection, changes.answers().entrySet());
    outgoing(connection, changes.outgoing());
    executed(connection, changes.executed().entrySet());
    var position = changes.position();
    if (position != null) {
      position(connection, position);
    }
  }

  private static void open(Connection connection, List<StoredAccount> opened) throws SQLException {
    new Columns<StoredAccount>()
        .star(StoredAccount::star)
        .bytes(StoredAccount::sealedKey)
        .hash(StoredAccount::tokenHash)
        .star(account -> new StarId(account.signingKey()))
        .number(StoredAccount::headSequence)
        .hash(StoredAccount::headId)
        .number(StoredAccount::executedSequence)
        .bytes(StoredAccount::joinNotice)
        .flag(StoredAccount::homed)
        .number(account -> account.openedAt().toEpochMilli())
        .execute(
            connection,
            """
            INSERT INTO account (star, sealed_key, token_hash, signing_key, head_sequence, head_id,
              executed_sequence, join_notice, homed, opened_at)
            SELECT a, b, c, d, e, f, g, h, i, to_timestamp(j / 1000.0)
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) AS row (a, b, c, d, e, f, g, h, i, j)
            """,
            opened);
  }

  private static void accounts(Connection connection, Collection<StoredAccount> accounts)
      throws SQLException {
    new Columns<StoredAccount>()
        .star(StoredAccount::star)
        .bytes(StoredAccount::sealedKey)
        .star(account -> new StarId(account.signingKey()))
        .number(StoredAccount::headSequence)
        .hash(StoredAccount::headId)
        .number(StoredAccount::executedSequence)
        .flag(StoredAccount::homed)
        .execute(
            connection,
            """
            UPDATE account SET sealed_key = b, signing_key = c, head_sequence = d, head_id = e,
              executed_sequence = f, homed = g
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS row (a, b, c, d, e, f, g)
            WHERE star = a
            """,
            accounts);
  }

  private static void withdrawn(
      Connection connection, Collection<Map.Entry<StarId, Long>> withdrawn) throws SQLException {
    if (withdrawn.isEmpty()) {
      return;
    }
    var columns =
        new Columns<Map.Entry<StarId, Long>>().star(Map.Entry::getKey).number(Map.Entry::getValue);
    columns.execute(
        connection,
        """
        DELETE FROM half_block USING unnest(?, ?) AS row (a, b)
        WHERE star = a AND sequence >= b
        """,
        withdrawn);
    columns.execute(
        connection,
        """
        DELETE FROM outbox USING unnest(?, ?) AS row (a, b)
        WHERE star = a AND last_sequence >= b
        """,
        withdrawn);
  }

  private static void halfBlocks(Connection connection, List<HalfBlock> halfBlocks)
      throws SQLException {
    new Columns<HalfBlock>()
        .star(HalfBlock::star)
        .number(HalfBlock::sequence)
        .hash(HalfBlock::id)
        .bytes(HalfBlock::bytes)
        .hash(Transaction::concernedBy)
        .execute(
            connection,
            """
            INSERT INTO half_block (star, sequence, id, bytes, transaction)
            SELECT * FROM unnest(?, ?, ?, ?, ?)
            """,
            halfBlocks);
  }

  private static void outcomes(
      Connection connection, Collection<Map.Entry<Changes.Place, Changes.Executed>> outcomes)
      throws SQLException {
    new Columns<Map.Entry<Changes.Place, Changes.Executed>>()
        .star(entry -> entry.getKey().star())
        .number(entry -> entry.getKey().sequence())
        .small(entry -> entry.getValue().outcome().code())
        .number(entry -> entry.getValue().height())
        .execute(
            connection,
            """
            UPDATE half_block SET outcome = c, height = d
            FROM unnest(?, ?, ?, ?) AS row (a, b, c, d)
            WHERE star = a AND sequence = b
            """,
            outcomes);
  }

  private static void proposed(Connection connection, Collection<Transaction> proposed)
      throws SQLException {
    new Columns<Transaction>()
        .hash(Transaction::id)
        .star(Transaction::proposer)
        .number(Transaction::sequence)
        .star(Transaction::counterparty)
        .bytes(one -> Bytes.copyOf(Legs.toBytes(one.legs())))
        .text(Transaction::memo)
        .number(Transaction::validUntil)
        .number(one -> one.proposedAt().toEpochMilli())
        .flag(one -> one.progress().agreed())
        .flag(one -> one.progress().proposalCertified())
        .flag(one -> one.progress().agreementCertified())
        .small(one -> code(one.progress().end()))
        .number(BookStatements::height)
        .number(Transaction::change)
        .execute(
            connection,
            """
            INSERT INTO transaction (id, proposer, sequence, counterparty, legs, memo, valid_until,
              proposed_at, agreed, proposal_certified, agreement_certified, outcome, height, change)
            SELECT a, b, c, d, e, f, g, to_timestamp(h / 1000.0), i, j, k, l, m, n
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
              AS row (a, b, c, d, e, f, g, h, i, j, k, l, m, n)
            """,
            proposed);
  }

  private static void moved(Connection connection, Collection<Transaction> moved)
      throws SQLException {
    new Columns<Transaction>()
        .hash(Transaction::id)
        .flag(one -> one.progress().agreed())
        .flag(one -> one.progress().proposalCertified())
        .flag(one -> one.progress().agreementCertified())
        .small(one -> code(one.progress().end()))
        .number(BookStatements::height)
        .number(Transaction::change)
        .execute(
            connection,
            """
            UPDATE transaction SET agreed = b, proposal_certified = c, agreement_certified = d,
              outcome = e, height = f, change = g
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS row (a, b, c, d, e, f, g)
            WHERE id = a
            """,
            moved);
  }

  private static void answers(
      Connection connection, Collection<Map.Entry<Books.AnswerKey, Books.StoredAnswer>> answers)
      throws SQLException {
    new Columns<Map.Entry<Books.AnswerKey, Books.StoredAnswer>>()
        .star(entry -> entry.getKey().star())
        .text(entry -> entry.getKey().key())
        .hash(entry -> entry.getValue().request())
        .hash(entry -> entry.getValue().accepted().id())
        .number(entry -> entry.getValue().accepted().sequence())
        .execute(
            connection,
            """
            INSERT INTO answer (star, key, request, id, sequence, answered_at)
            SELECT a, b, c, d, e, now() FROM unnest(?, ?, ?, ?, ?) AS row (a, b, c, d, e)
            """,
            answers);
  }

  private static void outgoing(Connection connection, List<Outgoing> outgoing) throws SQLException {
    new Columns<Outgoing>()
        .star(Outgoing::star)
        .number(Outgoing::firstSequence)
        .number(Outgoing::lastSequence)
        .bytes(Outgoing::segment)
        .flag(Outgoing::proposals)
        .execute(
            connection,
            """
            INSERT INTO outbox (star, first_sequence, last_sequence, segment, proposals, accepted_at)
            SELECT a, b, c, d, e, now() FROM unnest(?, ?, ?, ?, ?) AS row (a, b, c, d, e)
            """,
            outgoing);
  }

  private static void executed(Connection connection, Collection<Map.Entry<StarId, Long>> executed)
      throws SQLException {
    new Columns<Map.Entry<StarId, Long>>()
        .star(Map.Entry::getKey)
        .number(Map.Entry::getValue)
        .execute(
            connection,
            """
            DELETE FROM outbox USING unnest(?, ?) AS row (a, b)
            WHERE star = a AND last_sequence <= b
            """,
            executed);
  }

  private static void position(Connection connection, Books.Position position) throws SQLException {
    new Columns<Books.Position>()
        .number(Books.Position::height)
        .hash(Books.Position::hash)
        .execute(
            connection,
            """
            INSERT INTO ledger_position (height, hash) SELECT a, b FROM unnest(?, ?) AS row (a, b)
            ON CONFLICT (only_row) DO UPDATE SET height = excluded.height, hash = excluded.hash
            """,
            List.of(position));
  }

  private static @Nullable Integer code(@Nullable Outcome outcome) {
    return outcome == null ? null : outcome.code();
  }

  private static @Nullable Long height(Transaction transaction) {
    return transaction.progress().end() == null ? null : transaction.progress().height();
  }
}
