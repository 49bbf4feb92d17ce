package org.constellation.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;

/** Answers with a problem from a filter: the message converters stand behind the dispatcher. */
public final class ProblemWriter {

  private final ProblemCounter problems;

  ProblemWriter(ProblemCounter problems) {
    this.problems = problems;
  }

  /** Answers with {@code code} in its own words, and counts it. */
  public void write(CommonError code, HttpServletResponse response) throws IOException {
    problems.count(code);
    CautiousHeaders.setOn(response);
    response.setStatus(code.category().status().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getWriter().write(ProblemText.of(code, StatusWords.of(code)));
  }
}
