package org.constellation.blackhole.proof;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.blackhole.query.EvidencePlace;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.proof.BalanceProof;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.EvidenceProof;
import org.constellation.protocol.proof.ExclusionProof;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.GalaxyCodec;

/** Makes proofs out of the blocks themselves; the tables only say where to look. */
public final class Proofs {

  private final LedgerTables tables;
  private final Supplier<Optional<LedgerState>> latest;

  /**
   * Reads {@code tables}.
   *
   * @param latest the state after the newest block that was followed
   */
  public Proofs(LedgerTables tables, Supplier<Optional<LedgerState>> latest) {
    this.tables = tables;
    this.latest = latest;
  }

  /** What shows a star's balance after the newest block; nothing before the first block. */
  public Optional<BalanceProof> ofBalance(StarId star, AssetId asset) {
    return ofLatest(
        (state, header) -> BalanceProof.of(star, asset, state.proveBalance(star, asset), header));
  }

  /** What shows a star's exclusion after the newest block; nothing before the first block. */
  public Optional<ExclusionProof> ofExclusion(StarId star) {
    return ofLatest((state, header) -> ExclusionProof.of(star, state.proveExclusion(star), header));
  }

  private <T> Optional<T> ofLatest(BiFunction<LedgerState, CertifiedHeader, T> proof) {
    return latest
        .get()
        .filter(state -> state.height() > 0)
        .map(
            state -> {
              var block = block(state.height());
              return proof.apply(state, new CertifiedHeader(block.header(), block.certificate()));
            });
  }

  /** What shows that the evidence at a place convicts; nothing if there is none. */
  public Optional<EvidenceProof> ofEvidence(EvidencePlace place) {
    return tables
        .accusation(place.height(), place.position())
        .map(
            found ->
                EvidenceCodec.decode(found.evidence())
                    .toOptional()
                    .flatMap(
                        evidence ->
                            EvidenceProof.of(found.culprit(), evidence, block(place.height())))
                    .orElseThrow(
                        () -> new IllegalStateException("evidence " + place + " is damaged")));
  }

  /** What shows that {@code transaction} is settled; nothing unless it is. */
  public Optional<TransactionProof> ofTransaction(Hash transaction) {
    return tables
        .settlement(transaction)
        .map(
            settled -> {
              var block = block(settled.settledHeight());
              return new TransactionProof(
                  runFrom(at(settled.proposedHeight(), block), transaction),
                  runFrom(at(settled.agreedHeight(), block), settled.agreement()),
                  GalaxyCodec.receiptsTree(block.receipts())
                      .path(settlement(block.receipts(), settled.agreement())),
                  new CertifiedHeader(block.header(), block.certificate()));
            });
  }

  /** Mostly both halves stand in the block that settled them. */
  private GalaxyBlock at(long height, GalaxyBlock settling) {
    return height == settling.header().height() ? settling : block(height);
  }

  private GalaxyBlock block(long height) {
    return tables
        .block(height)
        .flatMap(stored -> GalaxyCodec.decode(stored.encoded()).toOptional())
        .orElseThrow(() -> new IllegalStateException("stored block " + height + " is damaged"));
  }

  /** The run whose first half-block is {@code id}, under the key that was the star's own there. */
  private Segment runFrom(GalaxyBlock block, Hash id) {
    for (var checkpoint : block.content().checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        for (var halfBlock : segment.halfBlocks()) {
          if (halfBlock.id().equals(id) && isOwn(segment, halfBlock)) {
            return segment.from(halfBlock.sequence());
          }
        }
      }
    }
    throw new IllegalStateException("half-block " + id + " is not in its block");
  }

  /** Anybody can sign a copy of a half-block; it stands in the block, rejected. */
  private boolean isOwn(Segment segment, HalfBlock halfBlock) {
    return latest
        .get()
        .flatMap(state -> state.keyAt(halfBlock.star(), halfBlock.sequence()))
        .filter(segment.key()::equals)
        .isPresent();
  }

  /** An agreement that waited has an earlier receipt too; the one that settles counts. */
  private static int settlement(List<Receipt> receipts, Hash agreement) {
    for (var index = 0; index < receipts.size(); index++) {
      var receipt = receipts.get(index);
      if (receipt.outcome() == Outcome.SETTLED && receipt.subject().equals(agreement)) {
        return index;
      }
    }
    throw new IllegalStateException("no receipt settles " + agreement);
  }
}
