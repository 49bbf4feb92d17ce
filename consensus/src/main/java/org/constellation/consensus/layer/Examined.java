package org.constellation.consensus.layer;

import java.util.List;
import org.constellation.protocol.crypto.Hash;

/** What a payload is worth by itself, whatever the examiner's own state. */
public sealed interface Examined {

  /**
   * In form. It may be voted for once all bodies that it names are held.
   *
   * @param references every body once
   */
  record Valid(List<Hash> references) implements Examined {
    public Valid {
      references = List.copyOf(references);
    }
  }

  /** No correct member makes such a payload. */
  record Invalid(String reason) implements Examined {}

  /** Not to be told yet, since this member is behind; asked again with every input. */
  record Later(String reason) implements Examined {}
}
