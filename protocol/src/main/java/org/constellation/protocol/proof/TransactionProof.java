package org.constellation.protocol.proof;

import java.util.Optional;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.merkle.MerklePath;
import org.constellation.protocol.merkle.MerkleTree;
import org.constellation.protocol.star.StarId;

/**
 * Everything that shows to a holder of the genesis file that a transaction is settled, and nothing
 * more: what both stars signed, and the place of the SETTLED receipt in a certified block. The
 * receipt itself is not carried, since it is a function of the two half-blocks.
 *
 * <p>The signatures show what the holders of the two keys agreed to. That those keys were the
 * stars' own at these sequences, that the half-blocks extended the stars' chains, that the proposer
 * had the funds, and that the legs moved once: for that the galaxy's certificate vouches, as n-f of
 * its members executed the block.
 *
 * @param proposal a signed run whose first half-block is the proposal
 * @param agreement a signed run whose first half-block is the agreement
 * @param path from the SETTLED receipt to the header's root of receipts
 * @param block the block that settled it
 */
public record TransactionProof(
    Segment proposal, Segment agreement, MerklePath path, CertifiedHeader block) {

  /**
   * Makes a proof from what a ledger keeps.
   *
   * @param proposal a signed run that begins with the proposal
   * @param agreement a signed run that begins with the agreement
   * @param block the block whose receipts say SETTLED; nothing comes of any other
   */
  public static Optional<TransactionProof> of(
      Segment proposal, Segment agreement, GalaxyBlock block) {
    var receipt = new Receipt(agreement.first().id(), Outcome.SETTLED, proposal.first().id());
    var index = block.receipts().indexOf(receipt);
    if (index < 0) {
      return Optional.empty();
    }
    var tree = MerkleTree.ofHashes(block.receipts().stream().map(Receipt::digest).toList());
    return Optional.of(
        new TransactionProof(
            proposal,
            agreement,
            tree.path(index),
            new CertifiedHeader(block.header(), block.certificate())));
  }

  /** What a check finds. */
  public sealed interface Verdict permits Proven, Refuted {}

  /**
   * The transaction is settled.
   *
   * @param transaction its id
   * @param proposer who proposed it
   * @param contents what was proposed, and to whom
   * @param height of the galaxy block that settled it
   * @param block hash of that block's header
   * @param timeMillis of that block
   * @param tick of that block
   */
  public record Proven(
      Hash transaction,
      StarId proposer,
      Body.Proposal contents,
      long height,
      Hash block,
      long timeMillis,
      long tick)
      implements Verdict {}

  /** Checks all of it, the cheap parts first. */
  public Verdict check(Genesis genesis, SignatureVerifier verifier) {
    if (!(offer().body() instanceof Body.Proposal contents)
        || !(answer().body() instanceof Body.Agreement agreed)) {
      return new Refuted(Refuted.Reason.NO_TRANSACTION, "no proposal and agreement");
    }
    var objection =
        objectionToHalves(genesis, contents, agreed)
            .or(this::objectionToReceipt)
            .or(() -> block.objection(genesis, verifier))
            .or(() -> objectionToSignatures(verifier));
    return objection.isPresent() ? objection.get() : proven(contents);
  }

  private Proven proven(Body.Proposal contents) {
    var header = block.header();
    return new Proven(
        offer().id(),
        offer().star(),
        contents,
        header.height(),
        header.hash(),
        header.timeMillis(),
        header.tick());
  }

  private Optional<Refuted> objectionToHalves(
      Genesis genesis, Body.Proposal contents, Body.Agreement agreed) {
    if (!offer().network().equals(genesis.network())
        || !answer().network().equals(genesis.network())) {
      return Refuted.because(Refuted.Reason.OTHER_NETWORK, "a half-block is another network's");
    }
    if (!agreed.proposal().equals(offer().id())) {
      return Refuted.because(Refuted.Reason.OTHER_PROPOSAL, "an agreement to something else");
    }
    if (!contents.counterparty().equals(answer().star())) {
      return Refuted.because(Refuted.Reason.NOT_COUNTERPARTY, "another star's agreement");
    }
    return Optional.empty();
  }

  private Optional<Refuted> objectionToReceipt() {
    var receipt = new Receipt(answer().id(), Outcome.SETTLED, offer().id());
    var root = path.rootFrom(receipt.digest());
    return root.filter(block.header().receiptsRoot()::equals).isPresent()
        ? Optional.empty()
        : Refuted.because(Refuted.Reason.NOT_IN_RECEIPTS, "no SETTLED receipt at this place");
  }

  private Optional<Refuted> objectionToSignatures(SignatureVerifier verifier) {
    if (!proposal.isSignedBy(verifier)) {
      return Refuted.because(Refuted.Reason.BAD_SIGNATURE, "the proposer's");
    }
    if (!agreement.isSignedBy(verifier)) {
      return Refuted.because(Refuted.Reason.BAD_SIGNATURE, "the counterparty's");
    }
    return Optional.empty();
  }

  private HalfBlock offer() {
    return proposal.first();
  }

  private HalfBlock answer() {
    return agreement.first();
  }
}
