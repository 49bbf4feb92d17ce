package org.constellation.blackhole.query.web;

import jakarta.validation.constraints.PositiveOrZero;
import org.constellation.blackhole.query.EndedTransactions;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** For whoever has many payments under way: one question now and then serves them all. */
@RestController
class EndingController {

  private final EndedTransactions ended;

  EndingController(EndedTransactions ended) {
    this.ended = ended;
  }

  /**
   * @param after a height; without one the answer is only where to begin
   */
  @GetMapping("/api/ledger/endings")
  EndedTransactions.Ended endings(@RequestParam @Nullable @PositiveOrZero Long after) {
    return after == null ? ended.fromNowOn() : ended.after(after);
  }
}
