package org.constellation.protocol.star;

/** A text is no star id. The message says what is wrong with it, and repeats nothing of it. */
public final class MalformedStarId extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  MalformedStarId(String reason) {
    super(reason);
  }
}
