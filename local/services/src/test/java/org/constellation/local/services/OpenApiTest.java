package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The front door's description of the API says what the services' controllers really answer. */
class OpenApiTest {

  private static final String API = "/api/";

  @Test
  void describesEveryAddressOfEveryServiceAndNoOther() throws Exception {
    assertThat(described()).isEqualTo(answered());
  }

  private static Set<String> described() throws IOException {
    var described = new TreeSet<String>();
    try (var source = new ClassPathResource("openapi.yaml").getInputStream()) {
      Map<String, Map<String, Map<String, Object>>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
      document
          .getOrDefault("paths", Map.of())
          .forEach(
              (path, operations) ->
                  operations.keySet().stream()
                      .filter(method -> !method.equals("parameters"))
                      .forEach(
                          method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    }
    return described;
  }

  private static Set<String> answered() throws ClassNotFoundException {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    var answered = new TreeSet<String>();
    for (var candidate : scanner.findCandidateComponents("org.constellation")) {
      var controller = Class.forName(candidate.getBeanClassName());
      for (var method : controller.getDeclaredMethods()) {
        answered.addAll(answered(controller, method));
      }
    }
    return answered;
  }

  private static List<String> answered(Class<?> controller, Method method) {
    var answered = new ArrayList<String>();
    var mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
    if (mapping != null) {
      var home = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
      for (var before : home == null ? List.of("") : pathsOf(home)) {
        for (var after : pathsOf(mapping)) {
          if ((before + after).startsWith(API)) {
            Stream.of(mapping.method()).forEach(verb -> answered.add(verb + " " + before + after));
          }
        }
      }
    }
    return answered;
  }

  private static List<String> pathsOf(RequestMapping mapping) {
    return mapping.path().length == 0 ? List.of("") : List.of(mapping.path());
  }
}
