package org.constellation.protocol.execution;

/**
 * The content is no block on top of the state: a checkpoint is missing or foreign, or the height is
 * another. No correct committee certifies such a block, so whoever meets one refuses it as a whole.
 */
public final class UnexecutableBlock extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnexecutableBlock(String reason) {
    super(reason);
  }
}
