package org.constellation.protocol.chain;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks shared by the bodies; a violation is an {@link IllegalArgumentException}. */
final class Limits {

  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9]+");

  private Limits() {}

  static void atMost(int max, int actual, String what) {
    if (actual > max) {
      throw new IllegalArgumentException("at most " + max + " " + what + ", not " + actual);
    }
  }

  static void between(int min, int max, int actual, String what) {
    if (actual < min || actual > max) {
      throw new IllegalArgumentException(what + " lies in " + min + ".." + max + ", not " + actual);
    }
  }

  static void utf8(int bytesMax, String text, String what) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(what + " is no text: half of a surrogate pair");
    }
    atMost(bytesMax, text.getBytes(StandardCharsets.UTF_8).length, what + " bytes");
  }

  static void name(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    utf8(Body.NAME_BYTES_MAX, text, what);
  }

  static void symbol(int lengthMax, String symbol) {
    between(1, lengthMax, symbol.length(), "symbol length");
    if (!SYMBOL.matcher(symbol).matches()) {
      throw new IllegalArgumentException("a symbol has ASCII letters and digits only");
    }
  }
}
