package org.constellation.platform.web;

import java.net.URI;
import java.util.Locale;

/**
 * A stable name for one thing that can go wrong; implemented by enums. Clients branch on it, so a
 * code is never renamed and never changes its meaning.
 */
public interface ErrorCode {

  /** The enum constant's name, which is the code. */
  String name();

  /** What kind of trouble it is. */
  ErrorCategory category();

  /** The problem's type: a name, not an address. */
  default URI type() {
    return URI.create(
        "urn:constellation:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
