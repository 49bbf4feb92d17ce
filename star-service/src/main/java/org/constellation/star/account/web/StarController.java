package org.constellation.star.account.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.List;
import org.constellation.platform.security.Login;
import org.constellation.platform.security.SecurityProperties;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.NoticeCodec;
import org.constellation.star.StarError;
import org.constellation.star.account.AccountOpening;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.api.Answers;
import org.constellation.star.api.AssetRequest;
import org.constellation.star.api.Inputs;
import org.constellation.star.ledger.LedgerView;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Stars: opening accounts, looking at them, and what a star does without a counterparty. */
@RestController
@RequestMapping("/api/stars")
class StarController {

  private static final int OPEN_SHOWN_MAX = 256;
  private static final int PAGE_MAX = 500;

  private final AccountOpening opening;
  private final Accounts accounts;
  private final Transactions transactions;
  private final LedgerView ledger;
  private final StarWriter writer;
  private final SignatureVerifier verifier;
  private final SecurityProperties security;

  StarController(
      AccountOpening opening,
      Accounts accounts,
      Transactions transactions,
      LedgerView ledger,
      StarWriter writer,
      SignatureVerifier verifier,
      SecurityProperties security) {
    this.opening = opening;
    this.accounts = accounts;
    this.transactions = transactions;
    this.ledger = ledger;
    this.writer = writer;
    this.verifier = verifier;
    this.security = security;
  }

  /**
   * Empty for a star whose key the service keeps. For a key of one's own: a join notice that was
   * prepared here and signed elsewhere.
   *
   * @param publicKey 64 hexadecimal digits
   * @param join bytes of the notice, in base64
   * @param signature over the notice's id, in base64
   */
  record OpenRequest(
      @Nullable String publicKey, @Nullable String join, @Nullable String signature) {

    private static final OpenRequest NOTHING = new OpenRequest(null, null, null);
  }

  /**
   * @param token shown this once, null where the owner keeps the key, or the star belongs to a
   *     login
   */
  record OpenedView(String star, @Nullable String token) {}

  @PostMapping
  ResponseEntity<OpenedView> open(
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization,
      @RequestBody(required = false) @Nullable OpenRequest request) {
    if (authorization != null && Login.current().isEmpty()) {
      // Each credential has a limit of its own: made-up ones must not open what nobody limits.
      throw new RequestRejected(
          CommonError.NOT_AUTHENTICATED,
          "A star is opened with a login that is known, or without a word about who asks.");
    }
    if (request == null || request.equals(OpenRequest.NOTHING)) {
      return openCustodial();
    }
    var account = opening.owned(signedJoin(request));
    store(account);
    return opened(account.star(), null);
  }

  private ResponseEntity<OpenedView> openCustodial() {
    var login = Login.current();
    if (login.isPresent()) {
      login.get().require(Login.CUSTODY);
      var account = opening.custodialOf(login.get().credential());
      store(account);
      return opened(account.star(), null);
    }
    if (!security.openCustody()) {
      throw new RequestRejected(
          CommonError.NOT_AUTHENTICATED, "Only who is logged in may have a key kept here.");
    }
    var opened = opening.custodial();
    store(opened.account());
    return opened(opened.account().star(), opened.token().reveal());
  }

  private void store(StoredAccount account) {
    Answers.await(writer.ask(new Command.Open(account, StarWriter.answer())).answer());
  }

  private static ResponseEntity<OpenedView> opened(StarId star, @Nullable String token) {
    return ResponseEntity.created(URI.create("/api/stars/" + star))
        .body(new OpenedView(star.toString(), token));
  }

  private Notice signedJoin(OpenRequest request) {
    var key = publicKey(request.publicKey());
    var body = Inputs.base64(request.join(), StarError.MALFORMED_NOTICE, "join");
    var signature = Inputs.base64(request.signature(), StarError.MALFORMED_NOTICE, "signature");
    if (signature.length() != Signature.LENGTH) {
      throw StarError.MALFORMED_NOTICE.because("A signature has 64 bytes.");
    }
    var notice =
        NoticeCodec.signed(body, key, Signature.of(signature.toArray()))
            .toOptional()
            .filter(one -> one.payload() instanceof Notice.Join && one.star().key().equals(key))
            .orElseThrow(
                () -> StarError.MALFORMED_NOTICE.because("The bytes are no join of this key."));
    if (!notice.network().equals(ledger.state().network())) {
      throw StarError.WRONG_NETWORK.because("This notice belongs to another network.");
    }
    if (!notice.isSignedBy(verifier)) {
      throw StarError.BAD_SIGNATURE.because("The signature is not that of the key over the id.");
    }
    return notice;
  }

  private static PublicKey publicKey(@Nullable String hex) {
    try {
      return PublicKey.fromHex(hex == null ? "" : hex);
    } catch (IllegalArgumentException e) {
      throw StarError.MALFORMED_STAR.because("A public key has 64 hexadecimal digits.");
    }
  }

  /**
   * A join notice that nobody has signed yet.
   *
   * @param join bytes of the notice, in base64
   * @param signingBytes the 32 bytes to sign with Ed25519, in base64
   */
  record PreparedJoinView(String star, String join, String signingBytes, String reading) {}

  @PostMapping("/prepare")
  PreparedJoinView prepare(@RequestBody OpenRequest request) {
    var star = new StarId(publicKey(request.publicKey()));
    var body = opening.joinToSign(star);
    return new PreparedJoinView(
        star.toString(),
        Inputs.show(body),
        Inputs.show(Bytes.copyOf(Notice.idOf(body.toArray()).toBytes())),
        star + " asks the galaxy for a home cluster.");
  }

  @GetMapping("/{star}")
  StarView byId(@PathVariable String star) {
    writer.requireCaughtUp();
    var account = account(star);
    var open = OpenPage.of(account.star(), null, OPEN_SHOWN_MAX, transactions);
    // Read before the state, which is never behind what is stored: what ended by then holds
    // nothing.
    var proposals = transactions.openProposals(account.star());
    return StarView.of(account, ledger.state(), proposals, open);
  }

  @GetMapping("/{star}/open")
  OpenPage open(
      @PathVariable String star,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam(defaultValue = "100") @Min(1) @Max(PAGE_MAX) int limit) {
    return OpenPage.of(account(star).star(), after, limit, transactions);
  }

  @GetMapping("/{star}/balances")
  List<StarView.BalanceView> balances(@PathVariable String star) {
    writer.requireCaughtUp();
    var id = Inputs.star(star, "star");
    LedgerState state = ledger.state();
    if (state.star(id).isEmpty() && accounts.find(id).isEmpty()) {
      throw unknown();
    }
    return StarView.balances(id, state);
  }

  /**
   * @param next sequence at which the next page begins, null on the last page
   */
  record ChainPage(List<ChainEntryView> halfBlocks, @Nullable Long next) {}

  @GetMapping("/{star}/chain")
  ChainPage chain(
      @PathVariable String star,
      @RequestParam(defaultValue = "1") @Min(1) long from,
      @RequestParam(defaultValue = "100") @Min(1) @Max(PAGE_MAX) int limit) {
    var account = account(star);
    var page = accounts.chain(account.star(), from, limit);
    var next = page.size() < limit ? null : page.getLast().sequence() + 1;
    return new ChainPage(page.stream().map(ChainEntryView::of).toList(), next);
  }

  /** A half-block that was written, and what names it. */
  record WrittenView(String id, long sequence) {}

  @PostMapping("/{star}/assets")
  ResponseEntity<WrittenView> define(
      @PathVariable String star,
      @RequestBody AssetRequest request,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization,
      @RequestHeader(name = Inputs.REPEAT_HEADER, required = false) @Nullable String repeat) {
    var token = Inputs.token(authorization);
    var id = Inputs.star(star, "star");
    var key = Inputs.repeatKey(repeat);
    var command =
        new Command.Write(
            id,
            token,
            request.definition(),
            key == null ? null : new Command.RepeatKey(key, request.fingerprint(id)),
            StarWriter.answer());
    return written(Answers.await(writer.ask(command).answer()));
  }

  @PostMapping("/{star}/key-changes")
  ResponseEntity<WrittenView> changeKey(
      @PathVariable String star,
      @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false)
          @Nullable String authorization) {
    var token = Inputs.token(authorization);
    var id = Inputs.star(star, "star");
    var key = opening.anotherKey();
    var command = new Command.ChangeKey(id, token, key, opening.seal(id, key), StarWriter.answer());
    return written(Answers.await(writer.ask(command).answer()));
  }

  private static ResponseEntity<WrittenView> written(Command.Accepted accepted) {
    return ResponseEntity.accepted()
        .body(new WrittenView(accepted.id().toHex(), accepted.sequence()));
  }

  private StoredAccount account(String text) {
    return accounts.find(Inputs.star(text, "star")).orElseThrow(StarController::unknown);
  }

  private static RequestRejected unknown() {
    return StarError.UNKNOWN_STAR.because("This service has no account of that star.");
  }
}
