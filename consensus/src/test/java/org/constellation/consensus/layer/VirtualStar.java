package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.ChainCodec;

/** A star that writes its own chain. */
final class VirtualStar {

  static final long INITIAL_BALANCE = 1_000_000;

  private final Hash network;
  private final SigningKey key;
  private final int home;
  private final List<HalfBlock> chain = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();

  VirtualStar(Hash network, SigningKey key, int home) {
    this.network = network;
    this.key = key;
    this.home = home;
  }

  static Genesis.GenesisStar genesis(SigningKey key, int home) {
    return new Genesis.GenesisStar(new StarId(key.publicKey()), home, INITIAL_BALANCE, 10_000);
  }

  StarId id() {
    return new StarId(key.publicKey());
  }

  int home() {
    return home;
  }

  List<HalfBlock> chain() {
    return chain;
  }

  /** Adds half-blocks under one signature. */
  Segment write(Body... bodies) {
    var run = new ArrayList<HalfBlock>();
    for (var body : bodies) {
      var previous = chain.isEmpty() ? Hash.ZERO : chain.getLast().id();
      var halfBlock = ChainCodec.halfBlock(network, id(), chain.size() + 1L, previous, body);
      chain.add(halfBlock);
      run.add(halfBlock);
    }
    var segment = sign(run);
    segments.add(segment);
    return segment;
  }

  /** What a thief of the key, or its careless owner, might say instead of the newest half-block. */
  Segment fork(Body body) {
    var newest = chain.getLast();
    return sign(
        List.of(ChainCodec.halfBlock(network, id(), newest.sequence(), newest.previous(), body)));
  }

  private Segment sign(List<HalfBlock> run) {
    return Segment.of(key.publicKey(), run, key.sign(Segment.signedMessage(run.getLast().id())));
  }

  static Body pay(VirtualStar to, long amount, long validUntil) {
    return new Body.Proposal(
        to.id(),
        List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, amount)),
        validUntil,
        new Body.Memo(""));
  }

  /** Segments with a half-block that has no receipt yet. */
  List<Segment> unfinished(Predicate<Hash> hasReceipt) {
    return segments.stream()
        .filter(
            segment ->
                segment.halfBlocks().stream().anyMatch(block -> !hasReceipt.test(block.id())))
        .toList();
  }

  /** What open holds keep of this star's balance. */
  long held(LedgerState ledger) {
    var held = 0L;
    for (var halfBlock : chain) {
      var hold = ledger.hold(halfBlock.id());
      if (hold.isPresent() && halfBlock.body() instanceof Body.Proposal proposal) {
        held += proposal.legs().stream().mapToLong(Leg::amount).sum();
      }
    }
    return held;
  }

  /** CHAIN: the executed head is one of this star's half-blocks at its place. */
  Optional<String> violation(LedgerState ledger) {
    var record = ledger.star(id()).orElseThrow();
    var sequence = record.sequence();
    if (sequence > chain.size()) {
      return Optional.of("CHAIN: " + id() + " is at " + sequence + ", which it never wrote");
    }
    return sequence > 0 && !chain.get((int) sequence - 1).id().equals(record.head())
        ? Optional.of("CHAIN: " + id() + " has another head than its own at " + sequence)
        : Optional.empty();
  }
}
