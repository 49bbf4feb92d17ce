package org.constellation.platform.follow;

/**
 * A {@link LedgerListener} finds that a certified block cannot be right. Offering it again would
 * change nothing: following ends, and a person has to look.
 */
public final class BlockRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param why for that person
   */
  public BlockRefused(String why) {
    super(why);
  }
}
