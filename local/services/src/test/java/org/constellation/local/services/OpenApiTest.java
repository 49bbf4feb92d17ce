package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The front door's description of the API says what the services' controllers really answer. */
class OpenApiTest {

  private static final String API = "/api/";
  private static final String SUCCESS = "2";

  private final ApiDescription description = ApiDescription.read();
  private final Map<String, JsonNode> described = description.operations();
  private final Map<String, Method> answered = answered();

  OpenApiTest() throws IOException, ClassNotFoundException {}

  @Test
  void describesEveryAddressOfEveryServiceAndNoOther() {
    assertThat(described.keySet()).isEqualTo(answered.keySet());
  }

  @Test
  void describesEveryAnswerAsItIsWritten() {
    var comparison = SchemaComparison.ofAnswers(description);
    forEachOperation(
        (operation, said, method) ->
            comparison.compare(
                operation, ResolvableType.forMethodReturnType(method), answerOf(said)));
    assertThat(comparison.differences()).isEmpty();
  }

  @Test
  void describesEveryBodyAsItIsRead() {
    var comparison = SchemaComparison.ofRequests(description);
    forEachOperation(
        (operation, said, method) -> {
          var body = said.path("requestBody");
          var read = bodyOf(method);
          assertThat(body.has("content")).as("body of " + operation).isEqualTo(read.isPresent());
          read.ifPresent(
              parameter -> {
                assertThat(body.path("required").asBoolean(false))
                    .as("body of " + operation + " is required")
                    .isEqualTo(parameter.getAnnotation(RequestBody.class).required());
                comparison.compare(
                    operation,
                    ResolvableType.forType(parameter.getParameterizedType()),
                    body.path("content"));
              });
        });
    assertThat(comparison.differences()).isEmpty();
  }

  private interface Check {
    void of(String operation, JsonNode said, Method method);
  }

  /** Where one side lacks an operation, a test of its own says so. */
  private void forEachOperation(Check check) {
    described.forEach(
        (operation, said) -> {
          var method = answered.get(operation);
          if (method != null) {
            check.of(operation, said, method);
          }
        });
  }

  private static JsonNode answerOf(JsonNode operation) {
    return operation.path("responses").properties().stream()
        .filter(answer -> answer.getKey().startsWith(SUCCESS))
        .findFirst()
        .map(answer -> answer.getValue().path("content"))
        .orElse(MissingNode.getInstance());
  }

  private static Optional<Parameter> bodyOf(Method method) {
    return Stream.of(method.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
        .findFirst();
  }

  private static Map<String, Method> answered() throws ClassNotFoundException {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
    var answered = new TreeMap<String, Method>();
    for (var candidate : scanner.findCandidateComponents("org.constellation")) {
      var controller = Class.forName(candidate.getBeanClassName());
      for (var method : controller.getDeclaredMethods()) {
        answered(controller, method).forEach(operation -> answered.put(operation, method));
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
