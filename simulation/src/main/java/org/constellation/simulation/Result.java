package org.constellation.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a run ended.
 *
 * @param events turns, polls and what else happened at some moment
 * @param records published
 * @param deliveries of records to readers
 * @param rounds certified, by committee
 * @param proposed transactions that users were told are stored
 * @param settled transactions
 * @param settledInTrouble those before things went well again
 * @param virtualMillis that passed in the run
 * @param fingerprint of the trace
 * @param violations none if all went well
 * @param cause the first exception, if there was any
 */
public record Result(
    Options options,
    long events,
    long records,
    long deliveries,
    Map<String, Long> rounds,
    long proposed,
    long settled,
    long settledInTrouble,
    long virtualMillis,
    Map<Fault, Long> faults,
    Map<String, Long> transitions,
    String fingerprint,
    List<String> violations,
    Optional<Throwable> cause) {

  /** Whether all invariants held. */
  public boolean isGood() {
    return violations.isEmpty();
  }

  /** The fewest rounds that a layer had. */
  public long roundsMin() {
    return rounds.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  /** One line of JSON. */
  public String toJson() {
    var json = JsonMapper.shared().createObjectNode();
    json.put("seed", options.seed());
    json.set("options", options.toJson());
    json.put("events", events);
    json.put("records", records);
    json.put("deliveries", deliveries);
    json.put("virtualMillis", virtualMillis);
    json.putPOJO("rounds", rounds);
    json.put("proposed", proposed);
    json.put("settled", settled);
    json.put("settledInTrouble", settledInTrouble);
    json.putPOJO("faults", faults);
    json.putPOJO("transitions", transitions);
    json.put("fingerprint", fingerprint);
    json.put("outcome", isGood() ? "good" : violations.getFirst());
    return JsonMapper.shared().writeValueAsString(json);
  }
}
