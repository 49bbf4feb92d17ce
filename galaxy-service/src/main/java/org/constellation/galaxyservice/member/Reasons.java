package org.constellation.galaxyservice.member;

import java.util.Locale;

/** Why the rules refuse an entry, as a tag: they say it in a few fixed words. */
final class Reasons {

  private Reasons() {}

  static String codeOf(String reason) {
    return reason.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }
}
