package org.constellation.simulation;

import java.util.Map;

/** One JSON object, its members in the order in which they were named. */
final class Json {

  private final StringBuilder text = new StringBuilder("{");

  Json text(String name, String value) {
    return raw(name, quoted(value));
  }

  Json number(String name, long value) {
    return raw(name, Long.toString(value));
  }

  Json counts(String name, Map<?, Long> counts) {
    var inner = new Json();
    counts.forEach((kind, count) -> inner.number(kind.toString(), count));
    return raw(name, inner.toString());
  }

  Json raw(String name, String value) {
    if (text.length() > 1) {
      text.append(',');
    }
    text.append(quoted(name)).append(':').append(value);
    return this;
  }

  private static String quoted(String value) {
    var quoted = new StringBuilder("\"");
    for (var at = 0; at < value.length(); at++) {
      var c = value.charAt(at);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> {
          if (c < ' ') {
            quoted.append("\\u%04x".formatted((int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return text + "}";
  }
}
