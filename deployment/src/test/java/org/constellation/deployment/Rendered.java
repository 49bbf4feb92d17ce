package org.constellation.deployment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Helm made of the chart, in Kubernetes' own types. A field that Kubernetes does not know, a
 * field that is there twice, and a kind that nobody here expects are refused.
 */
record Rendered(List<HasMetadata> resources) {

  private static final YAMLMapper STRICT =
      YAMLMapper.builder()
          // The models keep what they do not know; here that is a mistake.
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              })
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private static final Map<String, Class<? extends HasMetadata>> KINDS =
      Map.ofEntries(
          Map.entry("apps/v1 Deployment", Deployment.class),
          Map.entry("apps/v1 StatefulSet", StatefulSet.class),
          Map.entry("autoscaling/v2 HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
          Map.entry("batch/v1 Job", Job.class),
          Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
          Map.entry("monitoring.coreos.com/v1 ServiceMonitor", ServiceMonitor.class),
          Map.entry("networking.k8s.io/v1 Ingress", Ingress.class),
          Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
          Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
          Map.entry("v1 ConfigMap", ConfigMap.class),
          Map.entry("v1 Service", Service.class),
          Map.entry("v1 ServiceAccount", ServiceAccount.class));

  Rendered {
    resources = List.copyOf(resources);
  }

  /** Reads a row of documents. */
  static Rendered of(String yaml) {
    var resources = new ArrayList<HasMetadata>();
    try (var documents = STRICT.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNext()) {
        var document = documents.next();
        if (!document.isEmpty()) {
          resources.add(typed(document));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Rendered(resources);
  }

  private static HasMetadata typed(JsonNode document) throws IOException {
    var kind = document.path("apiVersion").asText() + " " + document.path("kind").asText();
    var type = KINDS.get(kind);
    if (type == null) {
      throw new IOException("the chart makes a " + kind);
    }
    return STRICT.treeToValue(document, type);
  }

  /**
   * A workload's pods.
   *
   * @param name of the workload
   * @param template what its pods are made of
   * @param claims names of the volumes that its pods keep
   */
  record Pods(String name, PodTemplateSpec template, List<String> claims) {
    Pods {
      claims = List.copyOf(claims);
    }

    /** The one container that is not there to prepare. */
    Container container() {
      return template.getSpec().getContainers().getFirst();
    }

    Stream<Container> allContainers() {
      return Stream.concat(
          template.getSpec().getInitContainers().stream(),
          template.getSpec().getContainers().stream());
    }

    Map<String, String> labels() {
      return template.getMetadata().getLabels();
    }
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T one(Class<T> type, String name) {
    return all(type).stream()
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** Pods of a service of the release. */
  Pods pods(String service) {
    var name = Chart.FULL_NAME + "-" + service;
    return pods().stream()
        .filter(pods -> pods.name().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no pods of " + name));
  }

  List<Pods> pods() {
    var pods = new ArrayList<Pods>();
    for (var resource : resources) {
      var name = resource.getMetadata().getName();
      switch (resource) {
        case Deployment deployment ->
            pods.add(new Pods(name, deployment.getSpec().getTemplate(), List.of()));
        case StatefulSet set ->
            pods.add(
                new Pods(
                    name,
                    set.getSpec().getTemplate(),
                    set.getSpec().getVolumeClaimTemplates().stream()
                        .map(claim -> claim.getMetadata().getName())
                        .toList()));
        case Job job -> pods.add(new Pods(name, job.getSpec().getTemplate(), List.of()));
        default -> {}
      }
    }
    return pods;
  }
}
