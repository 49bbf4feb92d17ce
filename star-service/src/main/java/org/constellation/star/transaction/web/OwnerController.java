package org.constellation.star.transaction.web;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.StarError;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.api.Answers;
import org.constellation.star.api.Inputs;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** For owners who keep their keys: the exact bytes to sign, and a way in for what they signed. */
@RestController
class OwnerController {

  private final StarWriter writer;
  private final LedgerView ledger;
  private final Accounts accounts;
  private final SignatureVerifier verifier;

  OwnerController(
      StarWriter writer, LedgerView ledger, Accounts accounts, SignatureVerifier verifier) {
    this.writer = writer;
    this.ledger = ledger;
    this.accounts = accounts;
    this.verifier = verifier;
  }

  /**
   * A half-block that nobody has signed yet.
   *
   * @param halfBlock exact bytes in base64
   * @param signingBytes the 32 bytes to sign with Ed25519, in base64
   * @param reading what signing them means
   */
  record PreparedView(
      String id,
      String star,
      long sequence,
      String previous,
      String halfBlock,
      String signingBytes,
      String reading) {}

  @PostMapping("/api/transactions/prepare")
  PreparedView prepare(@RequestBody PrepareRequest request) {
    var account = account(Inputs.star(request.from(), "from"));
    if (account.isCustodial()) {
      throw StarError.SERVICE_SIGNS.because("This service keeps that star's key and signs for it.");
    }
    var state = ledger.state();
    var halfBlock =
        ChainCodec.halfBlock(
            state.network(),
            account.star(),
            account.headSequence() + 1,
            account.headId(),
            request.body(state));
    return new PreparedView(
        halfBlock.id().toHex(),
        account.star().toString(),
        halfBlock.sequence(),
        halfBlock.previous().toHex(),
        Inputs.show(halfBlock.bytes()),
        Inputs.show(Bytes.copyOf(Segment.signedMessage(halfBlock.id()))),
        Reading.of(halfBlock));
  }

  /**
   * A signed segment: encoded as a whole, or in its parts.
   *
   * @param segment the encoding of the whole, in base64
   * @param halfBlocks exact bytes of each, in base64
   * @param signature over the last id, in base64
   */
  record SegmentRequest(
      @Nullable String segment, @Nullable List<String> halfBlocks, @Nullable String signature) {}

  record SubmittedView(String id, String star, long sequence) {}

  @PostMapping("/api/segments")
  ResponseEntity<SubmittedView> submit(@RequestBody SegmentRequest request) {
    var segment = read(request);
    if (!segment.first().network().equals(ledger.state().network())) {
      throw StarError.WRONG_NETWORK.because("This segment belongs to another network.");
    }
    if (!segment.isSignedBy(verifier)) {
      throw StarError.BAD_SIGNATURE.because(
          "The signature is not that of the key over the last half-block's id.");
    }
    var asked = writer.ask(new Command.Submit(segment, StarWriter.answer()));
    var accepted = Answers.await(asked.answer());
    return ResponseEntity.accepted()
        .body(
            new SubmittedView(
                accepted.id().toHex(), segment.star().toString(), accepted.sequence()));
  }

  private Segment read(SegmentRequest request) {
    if (request.segment() != null) {
      var bytes = Inputs.base64(request.segment(), StarError.MALFORMED_SEGMENT, "segment");
      return ChainCodec.decodeSegment(bytes)
          .toOptional()
          .orElseThrow(() -> StarError.MALFORMED_SEGMENT.because("The bytes are no segment."));
    }
    var parts = request.halfBlocks();
    if (parts == null || parts.isEmpty() || parts.size() > Segment.LENGTH_MAX) {
      throw StarError.MALFORMED_SEGMENT.because(
          "A segment has 1 to " + Segment.LENGTH_MAX + " half-blocks.");
    }
    var halfBlocks = parts.stream().map(OwnerController::halfBlock).toList();
    var signature = Inputs.base64(request.signature(), StarError.MALFORMED_SEGMENT, "signature");
    if (signature.length() != Signature.LENGTH) {
      throw StarError.MALFORMED_SEGMENT.because("A signature has 64 bytes.");
    }
    try {
      return Segment.of(
          signingKey(halfBlocks.getFirst().star()), halfBlocks, Signature.of(signature.toArray()));
    } catch (IllegalArgumentException e) {
      throw StarError.MALFORMED_SEGMENT.because("These half-blocks do not link to one run.");
    }
  }

  private static HalfBlock halfBlock(String text) {
    var bytes = Inputs.base64(text, StarError.MALFORMED_SEGMENT, "halfBlocks");
    return ChainCodec.decodeHalfBlock(bytes)
        .toOptional()
        .orElseThrow(() -> StarError.MALFORMED_SEGMENT.because("The bytes are no half-block."));
  }

  private PublicKey signingKey(StarId star) {
    return account(star).signingKey();
  }

  private StoredAccount account(StarId star) {
    return accounts
        .find(star)
        .orElseThrow(
            () -> StarError.UNKNOWN_STAR.because("This service has no account of that star."));
  }
}
