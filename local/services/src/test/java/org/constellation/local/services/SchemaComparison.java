package org.constellation.local.services;

import static java.util.stream.Collectors.toCollection;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/** Finds where schemas say something else than the Java types that JSON is made from. */
final class SchemaComparison {

  /** Around what is really written. */
  private static final Set<Class<?>> WRAPPERS =
      Set.of(ResponseEntity.class, CompletableFuture.class, Optional.class);

  /** What JSON calls the classes that are neither records, enums nor collections. */
  private static final Map<Class<?>, String> SCALARS =
      Map.of(
          String.class, "string",
          boolean.class, "boolean",
          Boolean.class, "boolean",
          int.class, "integer",
          Integer.class, "integer",
          long.class, "integer of 64 bits",
          Long.class, "integer of 64 bits");

  private final ApiDescription description;
  private final boolean answers;
  private final List<String> differences = new ArrayList<>();

  private SchemaComparison(ApiDescription description, boolean answers) {
    this.description = description;
    this.answers = answers;
  }

  /** Of what services write: there it is certain which properties are always present. */
  static SchemaComparison ofAnswers(ApiDescription description) {
    return new SchemaComparison(description, true);
  }

  /** Of what services read. */
  static SchemaComparison ofRequests(ApiDescription description) {
    return new SchemaComparison(description, false);
  }

  /** A line for each. */
  List<String> differences() {
    return differences;
  }

  /**
   * @param type what a controller reads or writes
   * @param content the description of the same, by media type
   */
  void compare(String operation, ResolvableType type, JsonNode content) {
    var body = unwrapped(type);
    var mediaType = mediaTypeOf(body);
    expectSame(operation, "media types", Set.of(mediaType), content.propertyNames());
    if (mediaType.equals(MediaType.APPLICATION_JSON_VALUE)) {
      compareSchema(operation, body, content.path(mediaType).path("schema"));
    }
  }

  private static String mediaTypeOf(ResolvableType type) {
    if (type.toClass() == byte[].class) {
      return MediaType.APPLICATION_OCTET_STREAM_VALUE;
    }
    return type.toClass() == SseEmitter.class
        ? MediaType.TEXT_EVENT_STREAM_VALUE
        : MediaType.APPLICATION_JSON_VALUE;
  }

  private static ResolvableType unwrapped(ResolvableType type) {
    return WRAPPERS.contains(type.toClass()) ? unwrapped(type.getGeneric(0)) : type;
  }

  private void compareSchema(String where, ResolvableType type, JsonNode described) {
    var java = unwrapped(type);
    var schema = description.whole(described);
    // A number or a text of digits: such a field's forms stand in the code that reads it alone.
    if (java.toClass() == JsonNode.class && !answers) {
      return;
    }
    if (!kindOf(java.toClass()).equals(kindOf(schema))) {
      differences.add(where + " is " + kindOf(java.toClass()) + ", described as " + kindOf(schema));
    } else if (java.toClass().isRecord()) {
      compareProperties(where, java, schema);
    } else if (java.toClass().isEnum()) {
      expectSame(where, "values", constantsOf(java.toClass()), textsOf(schema.path("enum")));
    } else if (isMap(java.toClass())) {
      compareSchema(where + ".*", java.asMap().getGeneric(1), schema.path("additionalProperties"));
    } else if (isList(java.toClass())) {
      compareSchema(where + "[]", java.asCollection().getGeneric(0), schema.path("items"));
    }
  }

  private void compareProperties(String where, ResolvableType record, JsonNode schema) {
    var components = new TreeMap<String, RecordComponent>();
    Stream.of(record.toClass().getRecordComponents())
        .forEach(component -> components.put(component.getName(), component));
    var properties = schema.path("properties");
    expectSame(where, "properties", components.keySet(), properties.propertyNames());
    components.forEach(
        (name, component) -> {
          if (properties.has(name)) {
            var type = ResolvableType.forType(component.getGenericType(), record);
            compareSchema(where + "." + name, type, properties.path(name));
          }
        });
    if (answers) {
      components.values().removeIf(SchemaComparison::mayBeAbsent);
      var required = textsOf(schema.path("required"));
      expectSame(where, "required properties", components.keySet(), required);
    }
  }

  /** The services leave out what is null. */
  private static boolean mayBeAbsent(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private void expectSame(
      String where, String what, Collection<String> said, Collection<String> described) {
    differ(where + " has undescribed " + what, said, described);
    differ(where + " has not the described " + what, described, said);
  }

  private void differ(String message, Collection<String> some, Collection<String> others) {
    var alone = new TreeSet<>(some);
    alone.removeAll(others);
    if (!alone.isEmpty()) {
      differences.add(message + " " + alone);
    }
  }

  private static String kindOf(Class<?> type) {
    if (type.isEnum()) {
      return "string";
    }
    if (isList(type)) {
      return "array";
    }
    return type.isRecord() || isMap(type)
        ? "object"
        : SCALARS.getOrDefault(type, "no JSON that this test knows: " + type);
  }

  private static String kindOf(JsonNode schema) {
    var type = schema.path("type").asString("nothing");
    return schema.path("format").asString("").equals("int64") ? type + " of 64 bits" : type;
  }

  private static boolean isMap(Class<?> type) {
    return Map.class.isAssignableFrom(type);
  }

  private static boolean isList(Class<?> type) {
    return Collection.class.isAssignableFrom(type);
  }

  private static Set<String> constantsOf(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name())
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> textsOf(JsonNode texts) {
    return texts.valueStream().map(JsonNode::asString).collect(toCollection(TreeSet::new));
  }
}
