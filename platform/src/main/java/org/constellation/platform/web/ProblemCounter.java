package org.constellation.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import org.constellation.platform.observe.Metrics;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Counts requests that are answered with a problem, by its code. */
public final class ProblemCounter {

  private final MeterRegistry meters;

  ProblemCounter(MeterRegistry meters) {
    this.meters = meters;
  }

  /** One more with this code. */
  public void count(ErrorCode code) {
    count(code.name());
  }

  private void count(String code) {
    meters.counter(Metrics.HTTP_REJECTED, Metrics.CODE, code).increment();
  }

  /** The answer with a problem of {@link Problems}, counted. */
  ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
    var properties = problem.getProperties();
    if (properties != null) {
      count(String.valueOf(properties.get(Problems.CODE)));
    }
    return Problems.answer(problem, headers);
  }
}
