package org.constellation.local.command;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A transaction's id as a user types it. */
final class TransactionId {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  private TransactionId() {}

  /**
   * The id as the network writes it; capitals mean the same.
   *
   * @throws IOException if it cannot be one
   */
  static String read(String typed) throws IOException {
    var id = typed.strip().toLowerCase(Locale.ROOT);
    if (!FORM.matcher(id).matches()) {
      throw new IOException(typed + " is no transaction's id, which is 64 hexadecimal digits");
    }
    return id;
  }
}
