package org.constellation.local.services;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The front door's {@code openapi.yaml}. */
final class ApiDescription {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String REFERENCE = "$ref";
  private static final String ALL_OF = "allOf";

  private final JsonNode document;

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  static ApiDescription read() throws IOException {
    try (var source = new ClassPathResource("openapi.yaml").getInputStream()) {
      Map<String, Object> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
      return new ApiDescription(JSON.valueToTree(document));
    }
  }

  /** What is described, for instance {@code GET /api/blocks}. */
  Map<String, JsonNode> operations() {
    var operations = new TreeMap<String, JsonNode>();
    document
        .path("paths")
        .forEachEntry(
            (path, item) ->
                item.forEachEntry(
                    (method, operation) -> {
                      if (!method.equals("parameters")) {
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, operation);
                      }
                    }));
    return operations;
  }

  /** A schema, in one piece with those that it refers to and is made of. */
  JsonNode whole(JsonNode schema) {
    var whole = JSON.createObjectNode();
    if (schema.has(REFERENCE)) {
      add(whole, whole(document.at(schema.path(REFERENCE).asString().substring(1))));
    }
    schema.path(ALL_OF).forEach(part -> add(whole, whole(part)));
    schema.forEachEntry(
        (key, value) -> {
          if (!Set.of(REFERENCE, ALL_OF).contains(key)) {
            add(whole, key, value);
          }
        });
    return whole;
  }

  private static void add(ObjectNode whole, JsonNode part) {
    part.forEachEntry((key, value) -> add(whole, key, value));
  }

  /** What several parts say counts together: properties, and which of them are required. */
  private static void add(ObjectNode whole, String key, JsonNode value) {
    var before = whole.path(key);
    if (before.isObject()) {
      var both = JSON.createObjectNode();
      add(both, before);
      add(both, value);
      whole.set(key, both);
    } else if (before.isArray()) {
      whole.set(key, JSON.createArrayNode().addAll(before.values()).addAll(value.values()));
    } else {
      whole.set(key, value);
    }
  }
}
