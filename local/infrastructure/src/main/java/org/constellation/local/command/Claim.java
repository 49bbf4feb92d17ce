package org.constellation.local.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.proof.BalanceProof;
import org.constellation.protocol.proof.EvidenceProof;
import org.constellation.protocol.proof.ExclusionProof;
import org.constellation.protocol.proof.Refuted;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ProofCodec;

/** Something that a proof shall show: where the proof is, and what it says. */
sealed interface Claim {

  /** Where the network hands out the proof. */
  String path();

  /** What the proof shows of this, with nothing but the genesis file. */
  Report check(Genesis genesis, Bytes proof);

  /**
   * What came of a check.
   *
   * @param refutation why nothing is proven, empty if something is
   * @param lines what is proven
   */
  record Report(String refutation, List<String> lines) {

    public Report {
      lines = List.copyOf(lines);
    }

    private static Report proven(String... lines) {
      return new Report("", List.of(lines));
    }

    private static Report refuted(Refuted refuted) {
      return new Report(refuted.reason() + ", " + refuted.detail(), List.of());
    }

    private static Report ofAnother(Object subject) {
      return new Report("the proof is of " + subject, List.of());
    }

    boolean isProven() {
      return refutation.isEmpty();
    }
  }

  private static String block(long height, long timeMillis) {
    return "block   " + height + " at " + Instant.ofEpochMilli(timeMillis);
  }

  private static String name(AssetId asset) {
    return asset.equals(AssetId.NO0S) ? "no0s" : asset.hash().toHex();
  }

  /**
   * A transaction is settled.
   *
   * @param id as its user knows it
   */
  record Settled(String id) implements Claim {

    @Override
    public String path() {
      return "/api/transactions/" + id + "/proof";
    }

    @Override
    public Report check(Genesis genesis, Bytes proof) {
      return switch (ProofCodec.checkTransaction(genesis, proof, Ed25519.best())) {
        case Refuted refuted -> Report.refuted(refuted);
        case TransactionProof.Proven proven ->
            proven.transaction().toHex().equals(id)
                ? report(proven)
                : Report.ofAnother("transaction " + proven.transaction().toHex());
      };
    }

    private static Report report(TransactionProof.Proven proven) {
      var lines = new ArrayList<String>();
      lines.add("from    " + proven.proposer());
      lines.add("to      " + proven.contents().counterparty());
      for (var leg : proven.contents().legs()) {
        lines.add(leg.direction() + "    " + leg.amount() + " of " + name(leg.asset()));
      }
      lines.add(block(proven.height(), proven.timeMillis()));
      return new Report("", lines);
    }
  }

  /** What a star has of an asset, not counting what is held. */
  record Balance(StarId star, AssetId asset) implements Claim {

    @Override
    public String path() {
      return "/api/ledger/stars/" + star + "/balances/" + name(asset) + "/proof";
    }

    @Override
    public Report check(Genesis genesis, Bytes proof) {
      return switch (ProofCodec.checkBalance(genesis, proof, Ed25519.best())) {
        case Refuted refuted -> Report.refuted(refuted);
        case BalanceProof.Proven proven ->
            proven.star().equals(star) && proven.asset().equals(asset)
                ? Report.proven(
                    "star    " + star,
                    "has     " + proven.amount() + " of " + name(asset),
                    block(proven.height(), proven.timeMillis()))
                : Report.ofAnother(proven.star() + " and " + name(proven.asset()));
      };
    }
  }

  /** What keeps a star out of elections. */
  record Exclusion(StarId star) implements Claim {

    @Override
    public String path() {
      return "/api/ledger/stars/" + star + "/exclusion/proof";
    }

    @Override
    public Report check(Genesis genesis, Bytes proof) {
      return switch (ProofCodec.checkExclusion(genesis, proof, Ed25519.best())) {
        case Refuted refuted -> Report.refuted(refuted);
        case ExclusionProof.Proven proven ->
            proven.star().equals(star) ? report(proven) : Report.ofAnother(proven.star());
      };
    }

    private static Report report(ExclusionProof.Proven proven) {
      var found =
          proven
              .exclusion()
              .map(
                  exclusion ->
                      "convicted "
                          + exclusion.convictions()
                          + " times, sits out "
                          + exclusion.elections()
                          + " elections since block "
                          + exclusion.since())
              .orElse("was never convicted");
      return Report.proven(
          "star    " + proven.star(), found, block(proven.height(), proven.timeMillis()));
    }
  }

  /**
   * Evidence convicts somebody.
   *
   * @param place of the evidence, HEIGHT-POSITION
   */
  record Convicted(String place) implements Claim {

    @Override
    public String path() {
      return "/api/evidence/" + place + "/proof";
    }

    @Override
    public Report check(Genesis genesis, Bytes proof) {
      return switch (ProofCodec.checkEvidence(genesis, proof, Ed25519.best())) {
        case Refuted refuted -> Report.refuted(refuted);
        case EvidenceProof.Proven proven ->
            place.equals(proven.height() + "-" + proven.position())
                ? Report.proven(
                    "offence " + proven.offence(),
                    "culprit " + HexFormat.of().formatHex(proven.culprit().toBytes()),
                    "star    " + proven.star(),
                    block(proven.height(), proven.timeMillis()))
                : Report.ofAnother(proven.height() + "-" + proven.position());
      };
    }
  }
}
