package org.constellation.star.writer.jdbc;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets what idempotency keys were answered with, once nobody repeats his request any more. */
@Component
class AnswerExpiry {

  /** How long a request may be repeated under its key. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final Logger LOG = LoggerFactory.getLogger(AnswerExpiry.class);

  private final JdbcClient jdbc;

  AnswerExpiry(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Scheduled(fixedDelayString = "PT1H")
  void expire() {
    try {
      jdbc.sql("DELETE FROM answer WHERE answered_at < now() - make_interval(secs => ?)")
          .param((double) KEPT.toSeconds())
          .update();
    } catch (DataAccessException e) {
      LOG.debug("Old answers stay for another hour: {}", e.toString());
    }
  }
}
