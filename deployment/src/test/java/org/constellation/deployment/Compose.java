package org.constellation.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A file of Compose, with its anchors and merges resolved as Compose does.
 *
 * @param name of the file
 * @param text as it stands
 * @param containers what it runs, by name
 * @param volumes names of its volumes
 */
record Compose(String name, String text, Map<String, Container> containers, Set<String> volumes) {

  /** Images of ours are called so, and then as their service. */
  static final String OURS = "constellation/";

  /** The one that runs a whole network on one machine. */
  static final String NETWORK = "docker-compose.yml";

  /** The one that runs an organisation's part. */
  static final String ORGANISATION = "docker-compose.organisation.yml";

  /** A variable of whoever runs Compose, with what counts if it is not set. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");

  /** What one container is told. */
  record Container(String name, Map<?, ?> content) {

    String text(String key) {
      var value = content.get(key);
      return value == null ? "" : withDefaults(value.toString());
    }

    /** The image with its tag, as long as nobody says otherwise. */
    String image() {
      return text("image");
    }

    /** The service whose image of ours it is; empty if it is somebody else's. */
    String service() {
      var image = image();
      return image.startsWith(OURS) ? image.substring(OURS.length()).replaceFirst(":.*", "") : "";
    }

    /** Whether it runs a service of the checkout. */
    boolean isService() {
      var service = service();
      return !service.isEmpty() && Files.exists(Sources.configurationFile(service));
    }

    Map<String, String> environment() {
      var all = new TreeMap<String, String>();
      if (content.get("environment") instanceof Map<?, ?> told) {
        told.forEach((name, value) -> all.put(name.toString(), withDefaults(value.toString())));
      }
      return all;
    }

    List<String> list(String key) {
      return content.get(key) instanceof List<?> values
          ? values.stream().map(value -> withDefaults(value.toString())).toList()
          : List.of();
    }

    /** What of the checkout it is given, and not what whoever runs it names. */
    List<Path> given() {
      return content.get("volumes") instanceof List<?> values
          ? values.stream()
              .map(Object::toString)
              .filter(volume -> volume.startsWith("./"))
              .map(volume -> Chart.CHECKOUT.resolve(volume.replaceFirst(":.*", "")).normalize())
              .toList()
          : List.of();
    }

    /** What a part says, which is a map. */
    Map<?, ?> map(String key) {
      return content.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }
  }

  static Compose read(String name) {
    try {
      var text = Files.readString(Chart.CHECKOUT.resolve(name));
      var options = new LoaderOptions();
      options.setAllowDuplicateKeys(false);
      Map<?, ?> root = new Yaml(new SafeConstructor(options)).load(text);
      var containers = new TreeMap<String, Container>();
      if (root.get("services") instanceof Map<?, ?> services) {
        services.forEach(
            (key, content) ->
                containers.put(key.toString(), new Container(key.toString(), (Map<?, ?>) content)));
      }
      var volumes = new TreeSet<String>();
      if (root.get("volumes") instanceof Map<?, ?> named) {
        named.keySet().forEach(volume -> volumes.add(volume.toString()));
      }
      return new Compose(name, text, containers, volumes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that run one of the checkout's services, in the order of their names. */
  Stream<Container> services() {
    return containers.values().stream().filter(Container::isService);
  }

  /** Those that run until they are stopped. */
  Stream<Container> running() {
    return containers.values().stream().filter(container -> !container.text("restart").isEmpty());
  }

  /** What whoever runs it may set. */
  Set<String> variables() {
    return VARIABLE
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Ports of this machine at which something answers. */
  Set<Integer> published() {
    return containers.values().stream()
        .flatMap(container -> container.list("ports").stream())
        .map(port -> Integer.valueOf(port.split(":", -1)[1]))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String withDefaults(String value) {
    return VARIABLE.matcher(value).replaceAll("$2");
  }

  @Override
  public String toString() {
    return name;
  }
}
