package org.constellation.star.transaction.web;

import java.net.URI;
import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.StarError;
import org.constellation.star.api.Answers;
import org.constellation.star.api.Inputs;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.TransactionView;
import org.constellation.star.transaction.Transactions;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Proposing, answering and looking at transactions. */
@RestController
@RequestMapping("/api/transactions")
class TransactionController {

  private final StarWriter writer;
  private final LedgerView ledger;
  private final Transactions transactions;

  TransactionController(StarWriter writer, LedgerView ledger, Transactions transactions) {
    this.writer = writer;
    this.ledger = ledger;
    this.transactions = transactions;
  }

  /**
   * What a request for a half-block is answered with.
   *
   * @param status PROPOSED for a new proposal; read the transaction for more
   */
  record AcceptedView(String id, long sequence, String status) {}

  @PostMapping
  ResponseEntity<AcceptedView> propose(
      @RequestBody TransactionRequest request,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization,
      @RequestHeader(name = Inputs.REPEAT_HEADER, required = false) @Nullable String repeat) {
    var token = Inputs.token(authorization);
    var from = request.proposer();
    var offer = request.offer(ledger.state());
    var key = Inputs.repeatKey(repeat);
    var repeatKey =
        key == null
            ? null
            : new Command.RepeatKey(key, TransactionRequest.fingerprint(from, offer));
    var asked = writer.ask(new Command.Propose(from, token, offer, repeatKey, StarWriter.answer()));
    return accepted(Answers.await(asked.answer()), "PROPOSED");
  }

  @PostMapping("/{id}/agree")
  ResponseEntity<AcceptedView> agree(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    return answer(id, Command.Act.AGREE, authorization);
  }

  @PostMapping("/{id}/refuse")
  ResponseEntity<AcceptedView> refuse(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    return answer(id, Command.Act.REFUSE, authorization);
  }

  @PostMapping("/{id}/cancel")
  ResponseEntity<AcceptedView> cancel(
      @PathVariable String id,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    return answer(id, Command.Act.CANCEL, authorization);
  }

  private ResponseEntity<AcceptedView> answer(
      String id, Command.Act act, @Nullable String authorization) {
    var token = Inputs.token(authorization);
    var asked = writer.ask(new Command.Answer(Inputs.id(id), act, token, StarWriter.answer()));
    var accepted = Answers.await(asked.answer());
    return accepted(accepted, find(accepted.id()).status().name());
  }

  private static ResponseEntity<AcceptedView> accepted(Command.Accepted accepted, String status) {
    var id = accepted.id().toHex();
    return ResponseEntity.accepted()
        .location(URI.create("/api/transactions/" + id))
        .body(new AcceptedView(id, accepted.sequence(), status));
  }

  @GetMapping("/{id}")
  TransactionView byId(@PathVariable String id) {
    return TransactionView.of(find(Inputs.id(id)));
  }

  private Transaction find(Hash id) {
    var recent = writer.recent(id);
    if (recent != null) {
      return recent;
    }
    var stored = transactions.findAll(List.of(id)).get(id);
    if (stored == null) {
      throw StarError.UNKNOWN_TRANSACTION.because("No such transaction is known here.");
    }
    return stored;
  }
}
