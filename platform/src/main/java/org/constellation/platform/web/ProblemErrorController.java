package org.constellation.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers in the one format also where no controller was reached: filters, the container. */
@RestController
public class ProblemErrorController implements ErrorController {

  private final ProblemCounter problems;

  ProblemErrorController(ProblemCounter problems) {
    this.problems = problems;
  }

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
    // What was written before the error is gone, headers as well.
    CautiousHeaders.setOn(response);
    var status = statusOf(request);
    var code = CommonError.ofStatus(status);
    return problems.answer(Problems.of(code, status, StatusWords.of(code)), HttpHeaders.EMPTY);
  }

  private static HttpStatus statusOf(HttpServletRequest request) {
    if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer number) {
      var known = HttpStatus.resolve(number);
      return known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    }
    // Somebody called the error address itself.
    return HttpStatus.NOT_FOUND;
  }
}
