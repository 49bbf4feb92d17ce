package org.constellation.platform.provision;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.constellation.protocol.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fields of a JSON object that a stranger wrote: each is there, of its kind, and there is no other.
 * Whatever else is an {@link IllegalArgumentException}.
 */
record JsonFields(JsonNode node) {

  static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  static JsonFields read(byte[] text) {
    try {
      return of(JSON.readTree(text));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("it is no JSON", e);
    }
  }

  /** The object as people read it. */
  static byte[] write(JsonNode node) {
    return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n")
        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  private static JsonFields of(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("an object is missing");
    }
    return new JsonFields(node);
  }

  /** Refuses fields beside those of these names. */
  JsonFields only(String... names) {
    for (var field : node.properties()) {
      if (!Set.of(names).contains(field.getKey())) {
        throw new IllegalArgumentException("it has a field that it may not have");
      }
    }
    return this;
  }

  boolean has(String name) {
    return node.has(name);
  }

  String text(String name) {
    var value = node.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.asString();
  }

  Bytes hex(String name) {
    return Bytes.copyOf(HexFormat.of().parseHex(text(name)));
  }

  int version(String name) {
    var value = node.path(name);
    if (!value.isInt()) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return value.asInt();
  }

  JsonFields object(String name) {
    return of(node.path(name));
  }

  List<JsonFields> objects(String name, int atMost) {
    var values = node.path(name);
    if (!values.isArray() || values.size() > atMost) {
      throw new IllegalArgumentException(name + " is no list, or too long");
    }
    var all = new ArrayList<JsonFields>();
    values.forEach(value -> all.add(of(value)));
    return all;
  }
}
