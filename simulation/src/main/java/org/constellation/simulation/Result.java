package org.constellation.simulation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param events turns, polls and what else happened at some moment
 * @param records published
 * @param deliveries of records to readers
 * @param rounds certified, by committee
 * @param proposed transactions that users were told are stored
 * @param settled transactions
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

  /** One line. */
  public String toJson() {
    var json = new Json();
    json.number("seed", options.seed());
    json.raw("options", options.toJson());
    json.number("events", events);
    json.number("records", records);
    json.number("deliveries", deliveries);
    json.number("virtualMillis", virtualMillis);
    json.counts("rounds", rounds);
    json.number("proposed", proposed);
    json.number("settled", settled);
    json.counts("faults", faults);
    json.counts("transitions", transitions);
    json.text("fingerprint", fingerprint);
    json.text("outcome", isGood() ? "good" : violations.getFirst());
    return json.toString();
  }
}
