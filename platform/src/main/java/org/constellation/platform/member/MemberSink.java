package org.constellation.platform.member;

import org.constellation.consensus.layer.CertifiedBlock;

/**
 * What a service does with its member's blocks.
 *
 * @param <B> the layer's block
 */
@FunctionalInterface
public interface MemberSink<B> {

  /**
   * A block that is certified and journalled. Blocks come by ascending round, each once; those that
   * the journal held at the start do not come again. Runs in the member's turn: it must be quick,
   * and must not throw.
   */
  void certified(CertifiedBlock<B> block);
}
