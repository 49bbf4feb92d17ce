package org.constellation.platform.provision;

/** What an organisation was given, or asked for, cannot be taken. Nothing was changed. */
public final class ProvisioningRefused extends Exception {

  private static final long serialVersionUID = 1L;

  /** Why. A reason keeps its name and its exit code for ever. */
  public enum Reason {
    /** A card is or would be none, or one of its keys did not sign it as it stands. */
    CARD_INVALID(10),
    /** Two cards are of one organisation, or name one key or one broker. */
    CARD_TWICE(11),
    /** Not exactly one card names the star that holds all no0s in the beginning. */
    TREASURY_NOT_ONE(12),
    /** A committee has fewer than four members, or more than it may have. */
    COMMITTEE_SIZE(13),
    /** The directory has no card, or not the keys that its card names. */
    KEYS_MISSING(14),
    /** The directory has keys that were made with other words than now. */
    KEYS_OTHERWISE(15),
    /** A file is no genesis file, or one that nobody may start from. */
    GENESIS_INVALID(16),
    /** The genesis file does not name this organisation with exactly what its card says. */
    GENESIS_FOREIGN(17),
    /** A file is no bundle of sealed shares, or one of another network. */
    SHARES_FOREIGN(18),
    /** A member's share is missing, sealed for somebody else, or not the one it should be. */
    SHARE_WRONG(19),
    /** The coin was dealt so that members could see different outcomes. */
    COIN_INCONSISTENT(20),
    /** The directory belongs to another network already. */
    JOINED_ANOTHER(21),
    /** A file that was to be written is there already. */
    FILE_EXISTS(22),
    /** A file or directory that was named is not there, or cannot be read or written. */
    FILE_UNUSABLE(23);

    private final int exitCode;

    Reason(int exitCode) {
      this.exitCode = exitCode;
    }

    /** What a command ends with that was refused for this reason. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Reason reason;

  /**
   * @param detail for the one who asked
   */
  public ProvisioningRefused(Reason reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
