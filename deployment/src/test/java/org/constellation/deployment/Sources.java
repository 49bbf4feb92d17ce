package org.constellation.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** What the services' sources say of their configuration. They are parsed, not built. */
final class Sources {

  private Sources() {}

  /**
   * A property of a record with {@code @ConfigurationProperties}.
   *
   * @param name in its canonical form; that of a map ends in {@code .*}
   * @param isList whether it has elements
   * @param isRequired whether a service without it does not start
   */
  record Property(String name, boolean isList, boolean isRequired) {}

  /** Those that {@code module} declares. */
  static List<Property> properties(String module) {
    var properties = new ArrayList<Property>();
    scan(
        module,
        "Properties.java",
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            var prefix = prefix(type);
            if (prefix != null) {
              properties.addAll(properties(prefix, type));
            }
            return super.visitClass(type, null);
          }
        });
    return properties;
  }

  /** Those of a record, and of records in it that are components' types. */
  private static List<Property> properties(String prefix, ClassTree type) {
    var properties = new ArrayList<Property>();
    for (var member : type.getMembers()) {
      if (member instanceof VariableTree component && isComponent(component)) {
        var property = property(prefix, component);
        var parts =
            type.getMembers().stream()
                .filter(ClassTree.class::isInstance)
                .map(ClassTree.class::cast)
                .filter(part -> part.getSimpleName().contentEquals(component.getType().toString()))
                .findFirst();
        if (parts.isPresent()) {
          properties.addAll(properties(property.name(), parts.get()));
        } else {
          properties.add(property);
        }
      }
    }
    return properties;
  }

  /** Names of the beans that {@code module} makes in classes called {@code ...Configuration}. */
  static Set<String> beans(String module) {
    var beans = new TreeSet<String>();
    scan(
        module,
        "Configuration.java",
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            if (annotation(method.getModifiers().getAnnotations(), "Bean") != null) {
              beans.add(method.getName().toString());
            }
            return super.visitMethod(method, null);
          }
        });
    return beans;
  }

  /** Names of the components of the record {@code name} in a class that ends so. */
  static Set<String> components(String module, String fileEnd, String name) {
    var components = new TreeSet<String>();
    scan(
        module,
        fileEnd,
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getSimpleName().contentEquals(name)) {
              for (var member : type.getMembers()) {
                if (member instanceof VariableTree component && isComponent(component)) {
                  components.add(component.getName().toString());
                }
              }
            }
            return super.visitClass(type, null);
          }
        });
    return components;
  }

  /** The service's own configuration. */
  static JsonNode configuration(String service) {
    return read(configurationFile(service));
  }

  /** Where that is. */
  static Path configurationFile(String service) {
    return Chart.CHECKOUT.resolve(service).resolve("src/main/resources/" + service + ".yml");
  }

  /** A file in YAML. */
  static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What libraries on the class path say that one can set; a map ends in {@code .*}. A service
   * reads nothing of those whose auto-configuration it excludes.
   */
  static Set<String> ofLibraries(String service) {
    var excluded = new TreeSet<String>();
    for (var name : configuration(service).path("spring").path("autoconfigure").path("exclude")) {
      excluded.add(name.asText());
    }
    var names = new TreeSet<String>();
    try {
      for (var file :
          List.of("spring-configuration-metadata", "additional-spring-configuration-metadata")) {
        var found = Sources.class.getClassLoader().getResources("META-INF/" + file + ".json");
        for (var url : Collections.list(found)) {
          if (autoConfigurations(url).anyMatch(excluded::contains)) {
            continue;
          }
          try (var content = url.openStream()) {
            for (var property : new ObjectMapper().readTree(content).path("properties")) {
              var name = property.path("name").asText();
              var isMap = property.path("type").asText().startsWith("java.util.Map");
              names.add(isMap ? name + ".*" : name);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return names;
  }

  /** Names of those in the library whose description of properties {@code metadata} is. */
  private static Stream<String> autoConfigurations(URL metadata) throws IOException {
    var list = "spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
    var place = URI.create(metadata.toString().replaceFirst("[^/]+$", list)).toURL();
    try (var content = place.openStream()) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
  }

  private static void scan(
      String module, String end, TreeScanner<@Nullable Void, @Nullable Void> scanner) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var root = Chart.CHECKOUT.resolve(module).resolve("src/main/java");
    try (var files = compiler.getStandardFileManager(null, null, null);
        var walk = Files.walk(root)) {
      var sources = walk.filter(file -> file.toString().endsWith(end)).toList();
      if (sources.isEmpty()) {
        return;
      }
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjects(sources.toArray(Path[]::new)));
      scanner.scan(task.parse(), null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String prefix(ClassTree type) {
    var annotation = annotation(type.getModifiers().getAnnotations(), "ConfigurationProperties");
    if (annotation == null) {
      return null;
    }
    ExpressionTree value = annotation.getArguments().getFirst();
    if (value instanceof AssignmentTree assignment) {
      value = assignment.getExpression();
    }
    return value instanceof LiteralTree literal ? String.valueOf(literal.getValue()) : null;
  }

  private static boolean isComponent(VariableTree variable) {
    return !variable.getModifiers().getFlags().contains(Modifier.STATIC);
  }

  private static Property property(String prefix, VariableTree component) {
    var annotations = component.getModifiers().getAnnotations();
    var isDemanded =
        annotation(annotations, "NotNull") != null || annotation(annotations, "NotEmpty") != null;
    var type = component.getType().toString();
    return new Property(
        prefix
            + "."
            + kebab(component.getName().toString())
            + (type.startsWith("Map<") ? ".*" : ""),
        type.startsWith("List<"),
        isDemanded && annotation(annotations, "DefaultValue") == null);
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  private static @Nullable AnnotationTree annotation(
      List<? extends AnnotationTree> annotations, String name) {
    for (var annotation : annotations) {
      Tree type = annotation.getAnnotationType();
      if (type.toString().equals(name)) {
        return annotation;
      }
    }
    return null;
  }
}
