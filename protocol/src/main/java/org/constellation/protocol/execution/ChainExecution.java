package org.constellation.protocol.execution;

import java.util.List;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.state.AssetRecord;
import org.constellation.protocol.state.Judgement;
import org.constellation.protocol.state.RegistrationRecord;
import org.constellation.protocol.state.StarHead;
import org.constellation.protocol.state.StarRecord;

/**
 * Lets segments extend their stars' chains. What is included already is passed over in silence;
 * what cannot be included advances nothing and gets the reason; everything else advances its chain,
 * whether it takes effect or not.
 */
final class ChainExecution {

  private final BlockContext block;
  private final Transactions transactions;

  ChainExecution(BlockContext block, Transactions transactions) {
    this.block = block;
    this.transactions = transactions;
  }

  void execute(int cluster, Segment segment) {
    var star = block.edit.star(segment.star());
    var judgement = Judgement.of(star.map(StarHead::of), block.network(), cluster, segment);
    var included = star.map(StarRecord::sequence).orElse(0L);
    switch (judgement) {
      case Judgement.Included _ -> {}
      case Judgement.WrongNetwork _ -> turnAway(segment.halfBlocks(), Outcome.WRONG_NETWORK);
      case Judgement.Includable(var suffix) -> {
        if (isSigned(segment, included + 1)) {
          extend(suffix);
        }
      }
      case Judgement.WrongHome _ -> turnAway(segment, included + 1, Outcome.WRONG_HOME);
      case Judgement.NotNext _ -> turnAway(segment, included + 1, Outcome.NOT_NEXT);
      case Judgement.Fork(var sequence, _) -> turnAway(segment, sequence, Outcome.NOT_NEXT);
      case Judgement.WrongKey _ -> turnAway(segment, included + 1, Outcome.WRONG_KEY);
    }
  }

  private boolean isSigned(Segment segment, long from) {
    var isSigned = block.checks.isSigned(segment);
    if (!isSigned) {
      turnAway(since(segment, from), Outcome.BAD_SIGNATURE);
    }
    return isSigned;
  }

  private void turnAway(Segment segment, long from, Outcome outcome) {
    if (isSigned(segment, from)) {
      turnAway(since(segment, from), outcome);
    }
  }

  private void turnAway(List<HalfBlock> halfBlocks, Outcome outcome) {
    halfBlocks.forEach(halfBlock -> block.tell(halfBlock.id(), outcome));
  }

  private static List<HalfBlock> since(Segment segment, long sequence) {
    var passedOver = Math.max(0, sequence - segment.first().sequence());
    return segment.halfBlocks().subList((int) passedOver, segment.halfBlocks().size());
  }

  private void extend(Segment segment) {
    var halfBlocks = segment.halfBlocks();
    for (var i = 0; i < halfBlocks.size(); i++) {
      var halfBlock = halfBlocks.get(i);
      var star = block.edit.knownStar(halfBlock.star());
      if (!star.key().equals(segment.key())) {
        // An earlier half-block of this very segment changed the key.
        turnAway(halfBlocks.subList(i, halfBlocks.size()), Outcome.WRONG_KEY);
        return;
      }
      block.edit.put(halfBlock.star(), star.advancedTo(halfBlock.sequence(), halfBlock.id()));
      takeEffect(halfBlock);
    }
  }

  private void takeEffect(HalfBlock halfBlock) {
    switch (halfBlock.body()) {
      case Body.Proposal proposal -> transactions.propose(halfBlock, proposal);
      case Body.Agreement(var proposal) -> transactions.agree(halfBlock, proposal);
      case Body.Refusal(var proposal) -> transactions.refuse(halfBlock, proposal);
      case Body.Cancellation(var proposal) -> transactions.cancel(halfBlock, proposal);
      case Body.KeyChange change -> changeKey(halfBlock, change);
      case Body.AssetDefinition(var symbol, var name, var decimals) -> {
        block.edit.put(
            new AssetId(halfBlock.id()),
            new AssetRecord(halfBlock.star(), symbol, name, decimals, 0));
        block.tell(halfBlock.id(), Outcome.RECORDED);
      }
      case Body.ContractRegistration(var name, var codeHash, var manifest) ->
          register(
              halfBlock,
              new RegistrationRecord(
                  RegistrationRecord.Kind.CONTRACT,
                  halfBlock.star(),
                  name,
                  codeHash,
                  manifestHash(manifest.toArray())));
      case Body.CompositionRegistration(var name, var manifest) ->
          register(
              halfBlock,
              new RegistrationRecord(
                  RegistrationRecord.Kind.COMPOSITION,
                  halfBlock.star(),
                  name,
                  Hash.ZERO,
                  manifestHash(manifest.toArray())));
    }
  }

  private void register(HalfBlock halfBlock, RegistrationRecord registration) {
    block.edit.put(halfBlock.id(), registration);
    block.tell(halfBlock.id(), Outcome.RECORDED);
  }

  private static Hash manifestHash(byte[] manifest) {
    return Hashing.hash("CSTL-V1-MANIFEST", manifest);
  }

  private void changeKey(HalfBlock halfBlock, Body.KeyChange change) {
    var message = KeyPossession.message(halfBlock.network(), halfBlock.star(), change.newKey());
    if (!block.checks.verifier().verify(change.newKey(), message, change.proof())) {
      block.tell(halfBlock.id(), Outcome.BAD_KEY_PROOF);
      return;
    }
    block.edit.changeKey(halfBlock.star(), halfBlock.sequence() + 1, change.newKey());
    block.tell(halfBlock.id(), Outcome.RECORDED);
  }
}
