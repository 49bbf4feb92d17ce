package org.constellation.star.writer;

import java.security.MessageDigest;
import java.util.Optional;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.writer.Command.Accepted;
import org.jspecify.annotations.Nullable;

/** What users may ask for, and when it is refused. */
final class RequestRules {

  private RequestRules() {}

  /**
   * Does what is asked, as a part of {@code batch}.
   *
   * @throws RequestRejected if it may not be done; then nothing of it is in the batch
   */
  static Accepted apply(Command.Request request, Batch batch) {
    return switch (request) {
      case Command.Open open -> open(open, batch);
      case Command.Propose propose -> propose(propose, batch);
      case Command.Answer answer -> answer(answer, batch);
      case Command.Write write -> write(write, batch);
      case Command.ChangeKey change -> changeKey(change, batch);
      case Command.Submit submit -> SubmittedSegments.submit(submit.segment(), batch);
    };
  }

  private static Accepted open(Command.Open open, Batch batch) {
    var account = open.account();
    var party = batch.party(account.star());
    if (party.isServed()) {
      throw StarError.STAR_EXISTS.because("This star has an account already.");
    }
    party.open(batch.ledger().star(account.star()).isPresent() ? account.withHome() : account);
    batch.changes().open(party.served());
    return new Accepted(Hash.of(account.star().toBytes()), 0);
  }

  private static Accepted propose(Command.Propose request, Batch batch) {
    var party = signedFor(request.star(), request.tokenHash(), batch);
    var before = answered(request.star(), request.repeatKey(), batch);
    if (before.isPresent()) {
      return before.get();
    }
    var offer = request.offer();
    requireHomes(request.star(), offer.counterparty(), batch);
    requireRoom(party, 1, batch);
    if (offer.validForTicks() < 1
        || offer.validForTicks() > batch.parameters().validityTicksMax()) {
      throw StarError.VALIDITY_OUT_OF_RANGE.because(
          "A proposal is valid for 1 to " + batch.parameters().validityTicksMax() + " ticks.");
    }
    var proposal =
        new Body.Proposal(
            offer.counterparty(),
            offer.legs(),
            batch.tick() + offer.validForTicks(),
            new Body.Memo(offer.memo()));
    var halfBlock = batch.write(party, proposal);
    var transaction = batch.propose(halfBlock, proposal);
    return remembered(
        new Accepted(transaction.id(), halfBlock.sequence()),
        request.star(),
        request.repeatKey(),
        batch);
  }

  /** What an idempotency key was answered with. */
  private static Optional<Accepted> answered(
      StarId star, Command.@Nullable RepeatKey repeat, Batch batch) {
    if (repeat == null) {
      return Optional.empty();
    }
    var known = batch.answer(new Books.AnswerKey(star, repeat.key()));
    if (known.isPresent() && !known.get().request().equals(repeat.request())) {
      throw StarError.IDEMPOTENCY_KEY_REUSED.because(
          "This idempotency key was used for another request.");
    }
    return known.map(Books.StoredAnswer::accepted);
  }

  private static Accepted remembered(
      Accepted accepted, StarId star, Command.@Nullable RepeatKey repeat, Batch batch) {
    if (repeat != null) {
      batch.remember(
          new Books.AnswerKey(star, repeat.key()),
          new Books.StoredAnswer(repeat.request(), accepted));
    }
    return accepted;
  }

  private static void requireHomes(StarId star, StarId counterparty, Batch batch) {
    if (star.equals(counterparty)) {
      throw StarError.SAME_STAR.because("A star makes no transaction with itself.");
    }
    if (batch.ledger().star(star).isEmpty()) {
      throw StarError.STAR_WITHOUT_HOME.because(
          "No galaxy block has given this star a home yet; try again in a moment.");
    }
    if (batch.ledger().star(counterparty).isEmpty()) {
      throw StarError.COUNTERPARTY_WITHOUT_HOME.because(
          "The ledger does not know the counterparty, or not yet.");
    }
  }

  /** As many open proposals as the ledger lets it hold, counted before {@code more} are written. */
  static void requireRoom(Party party, int more, Batch batch) {
    var limit = openHoldsMax(party.star(), batch);
    if (more > 0 && party.openProposals() + more > limit) {
      throw StarError.TOO_MANY_OPEN.because(
          limit + " proposals of this star are open; wait until one of them ends.");
    }
  }

  private static int openHoldsMax(StarId star, Batch batch) {
    var special = batch.ledger().star(star).map(record -> record.openHoldsMax()).orElse(0);
    return special > 0 ? special : batch.parameters().openHoldsMax();
  }

  private static Accepted answer(Command.Answer request, Batch batch) {
    var transaction =
        batch
            .transaction(request.transaction())
            .orElseThrow(
                () -> StarError.UNKNOWN_TRANSACTION.because("No such transaction is known here."));
    var actor =
        switch (request.act()) {
          case AGREE, REFUSE -> transaction.counterparty();
          case CANCEL -> transaction.proposer();
        };
    var party = signedFor(actor, request.tokenHash(), batch);
    if (transaction.status().isEnd()) {
      throw StarError.TRANSACTION_ENDED.because(
          "This transaction is " + transaction.status() + ".");
    }
    var sequence =
        switch (request.act()) {
          case AGREE -> agreeOnce(party, transaction, batch);
          case REFUSE ->
              // An agreement may be under way; one refusal after it is meant.
              once(
                  party,
                  new Body.Refusal(transaction.id()),
                  transaction.progress().agreed() ? 1 : 0,
                  transaction,
                  batch);
          case CANCEL ->
              once(party, new Body.Cancellation(transaction.id()), 0, transaction, batch);
        };
    return new Accepted(transaction.id(), sequence);
  }

  /** Asked again, it does not write again what is under way already. */
  private static long once(
      Party party, Body body, int others, Transaction transaction, Batch batch) {
    return party.pendingAbout(transaction.id()) > others
        ? party.served().headSequence()
        : batch.write(party, body).sequence();
  }

  private static long agreeOnce(Party party, Transaction transaction, Batch batch) {
    if (transaction.progress().agreed()) {
      return party.served().headSequence();
    }
    if (batch.tick() > transaction.validUntil()) {
      throw StarError.PROPOSAL_EXPIRED.because("Ledger time is past this proposal's last tick.");
    }
    return Countersigning.agree(party, transaction, batch).sequence();
  }

  private static Accepted write(Command.Write request, Batch batch) {
    var party = signedFor(request.star(), request.tokenHash(), batch);
    var before = answered(request.star(), request.repeatKey(), batch);
    if (before.isPresent()) {
      return before.get();
    }
    requireHome(request.star(), batch);
    var halfBlock = batch.write(party, request.body());
    return remembered(
        new Accepted(halfBlock.id(), halfBlock.sequence()),
        request.star(),
        request.repeatKey(),
        batch);
  }

  private static Accepted changeKey(Command.ChangeKey request, Batch batch) {
    var party = signedFor(request.star(), request.tokenHash(), batch);
    requireHome(request.star(), batch);
    var key = request.key();
    var message = KeyPossession.message(batch.ledger().network(), request.star(), key.publicKey());
    var halfBlock = batch.write(party, new Body.KeyChange(key.publicKey(), key.sign(message)));
    // The old key signs its own farewell, and nothing after it.
    batch.sign(party);
    party.signWith(key, request.sealed());
    batch.changed(party);
    return new Accepted(halfBlock.id(), halfBlock.sequence());
  }

  private static void requireHome(StarId star, Batch batch) {
    if (batch.ledger().star(star).isEmpty()) {
      throw StarError.STAR_WITHOUT_HOME.because(
          "No galaxy block has given this star a home yet; try again in a moment.");
    }
  }

  /** A star that the service signs for, at the word of the one who holds its token. */
  private static Party signedFor(StarId star, Hash tokenHash, Batch batch) {
    var party = batch.party(star);
    if (!party.isServed()) {
      throw StarError.UNKNOWN_STAR.because("This service has no account of that star.");
    }
    var expected = party.served().tokenHash();
    if (expected == null) {
      throw StarError.OWNER_SIGNS.because(
          "The owner of this star keeps its key: prepare, sign and submit a segment.");
    }
    if (!party.isCustodial()) {
      throw StarError.OWNER_SIGNS.because(
          "This star's key was changed, and the one that signs now is not kept here.");
    }
    if (!MessageDigest.isEqual(expected.toBytes(), tokenHash.toBytes())) {
      throw new RequestRejected(
          CommonError.NOT_ALLOWED, "This token does not allow to act for that star.");
    }
    return party;
  }
}
