package org.constellation.galaxyservice.member;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.wire.BlockAssemblies;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * What the other members show to have published. As many of them as may be faulty can name any
 * height, so a height counts once more than that reach it; and only a whole block with its
 * certificate shows that nobody needs to send it again. Owned by one thread.
 */
final class PublishedBlocks {

  /** Bytes of unfinished blocks of all other members. */
  private static final long UNFINISHED_BYTES_MAX = 2L * BlockAssembly.BYTES_MAX;

  private final EraPlan plan;
  private final SignatureVerifier verifier;
  private final LongFunction<Optional<Hash>> own;
  private final Map<PublicKey, Long> claims = new HashMap<>();
  private final BlockAssemblies assemblies = new BlockAssemblies(UNFINISHED_BYTES_MAX);

  /**
   * @param own hashes of the blocks that this member itself holds: others are not put together
   */
  PublishedBlocks(EraPlan plan, SignatureVerifier verifier, LongFunction<Optional<Hash>> own) {
    this.plan = plan;
    this.verifier = verifier;
    this.own = own;
  }

  /**
   * Takes a chunk of another member.
   *
   * @return whether it was the last that a block of ours lacked, so that all can read that block
   */
  boolean completes(PublicKey sender, BlockChunk chunk) {
    claims.merge(sender, chunk.number(), Math::max);
    if (own.apply(chunk.number()).filter(chunk.block()::equals).isEmpty()) {
      return false;
    }
    return assemblies
        .add(sender, chunk)
        .flatMap(encoded -> GalaxyCodec.decode(encoded).toOptional())
        .filter(block -> isNamed(block, chunk))
        .isPresent();
  }

  private boolean isNamed(GalaxyBlock block, BlockChunk named) {
    return block.header().height() == named.number()
        && block.header().hash().equals(named.block())
        && CertifiedBlock.isCertified(plan, named.block(), block.certificate(), verifier);
  }

  /** A height that at least one member that is not faulty has published; 0 if none is known. */
  long height() {
    return claims.values().stream()
        .sorted(Collections.reverseOrder())
        .skip(plan.faultyMax())
        .findFirst()
        .orElse(0L);
  }
}
