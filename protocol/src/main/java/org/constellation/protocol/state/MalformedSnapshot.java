package org.constellation.protocol.state;

/** Entries are no ledger state: whoever sent them is at fault, or the disk. */
public final class MalformedSnapshot extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedSnapshot(String reason) {
    super(reason);
  }

  MalformedSnapshot(String reason, RuntimeException cause) {
    super(reason, cause);
  }
}
