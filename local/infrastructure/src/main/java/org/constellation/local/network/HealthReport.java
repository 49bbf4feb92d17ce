package org.constellation.local.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server says of itself, shortened for a reader.
 *
 * @param status Spring's status word, or {@code SILENT} if nobody answered
 * @param reasons a line for each component that is not well
 * @param members a line for each committee member in it, with how far it is or why it stands
 */
public record HealthReport(String status, List<String> reasons, List<String> members) {

  /** The component that services with committee members show them in. */
  private static final String MEMBERS = "membersHealth";

  /** How services call a member of the cluster; a local network has only the cluster 0. */
  private static final Pattern CLUSTER_MEMBER = Pattern.compile("\\bc0-([0-9]+)\\b");

  private static final JsonMapper JSON = new JsonMapper();

  public HealthReport {
    reasons = List.copyOf(reasons);
    members = List.copyOf(members);
  }

  /** Whether all is well. */
  public boolean isUp() {
    return status.equals("UP");
  }

  /** Reads an answer of {@code /actuator/health} in a network that runs here as a whole. */
  public static HealthReport of(Readiness.Answer answer) {
    return read(answer, HealthReport::processNames);
  }

  /** The same of a part of a network, whose processes have other numbers than its members. */
  public static HealthReport ofPart(Readiness.Answer answer) {
    return read(answer, UnaryOperator.identity());
  }

  private static HealthReport read(Readiness.Answer answer, UnaryOperator<String> names) {
    if (answer.status() == 0) {
      return new HealthReport("SILENT", List.of(), List.of());
    }
    try {
      var health = JSON.readTree(answer.body());
      var reasons = new ArrayList<String>();
      collect("", health, reasons, names);
      return new HealthReport(
          health.path("status").asString("UNKNOWN"), reasons, members(health, names));
    } catch (JacksonException e) {
      return new HealthReport("UNKNOWN", List.of("HTTP status " + answer.status()), List.of());
    }
  }

  private static void collect(
      String path, JsonNode health, List<String> reasons, UnaryOperator<String> names) {
    for (var component : health.path("components").properties()) {
      var name = path.isEmpty() ? component.getKey() : path + "." + component.getKey();
      var status = component.getValue().path("status").asString("UNKNOWN");
      // What members say of themselves stands in lines of their own.
      if (!status.equals("UP")
          && !name.equals(MEMBERS)
          && !component.getValue().has("components")) {
        reasons.add(name + " " + status + details(component.getValue(), names));
      }
      collect(name, component.getValue(), reasons, names);
    }
  }

  private static List<String> members(JsonNode health, UnaryOperator<String> names) {
    return health.path("components").path(MEMBERS).path("details").properties().stream()
        .filter(detail -> !detail.getKey().equals("reason"))
        .map(
            detail ->
                "%-16s %s"
                    .formatted(
                        names.apply(detail.getKey()), names.apply(detail.getValue().asString(""))))
        .sorted()
        .toList();
  }

  private static String details(JsonNode component, UnaryOperator<String> names) {
    var details = component.path("details");
    return details.isMissingNode() ? "" : ": " + names.apply(details.toString());
  }

  /** A reader shall see the word that he has to type to see, end or start a member. */
  private static String processNames(String words) {
    return CLUSTER_MEMBER.matcher(words).replaceAll(Shape.FACILITATOR + "-$1");
  }
}
