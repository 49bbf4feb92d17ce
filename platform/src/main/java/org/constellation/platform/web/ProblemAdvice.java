package org.constellation.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns whatever a controller throws into a problem. Rejected values are not echoed: only names of
 * fields and the rules that they break.
 */
@RestControllerAdvice
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

  /** What may be repeated of a body. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

  private final ProblemCounter problems;

  ProblemAdvice(ProblemCounter problems) {
    this.problems = problems;
  }

  /** A reason that the caller is meant to know. */
  @ExceptionHandler
  ResponseEntity<Object> rejected(RequestRejected rejection) {
    var problem = Problems.of(rejection.code(), rejection.detail());
    new TreeMap<>(rejection.properties()).forEach(problem::setProperty);
    return problems.answer(problem, HttpHeaders.EMPTY);
  }

  /** Everything that nobody foresaw: a bug of ours, so a person has to look. */
  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception exception, HttpServletRequest request) {
    var refused = BodyRefused.causeOf(exception);
    if (refused != null) {
      return answer(refused, HttpHeaders.EMPTY);
    }
    if (StoreAway.isCauseOf(exception)) {
      // Health says so; every caller once more would drown it.
      LOG.debug("No database for {} {}", request.getMethod(), request.getServletPath(), exception);
      return problems.answer(
          Problems.of(CommonError.UNAVAILABLE, StatusWords.of(CommonError.UNAVAILABLE)),
          HttpHeaders.EMPTY);
    }
    LOG.error(
        "Unexpected failure of {} {}", request.getMethod(), request.getServletPath(), exception);
    return problems.answer(Problems.of(CommonError.INTERNAL_ERROR, ""), HttpHeaders.EMPTY);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var refused = BodyRefused.causeOf(exception);
    if (refused != null) {
      return answer(refused, headers);
    }
    return problems.answer(
        Problems.of(CommonError.UNREADABLE_BODY, unreadable(exception.getCause())), headers);
  }

  private static String unreadable(@Nullable Throwable cause) {
    if (cause instanceof UnrecognizedPropertyException unknown
        && NAME.matcher(unknown.getPropertyName()).matches()) {
      return "There is no field " + unknown.getPropertyName() + ".";
    }
    return "The body is missing or is not JSON of the expected shape.";
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var broken = new TreeMap<String, String>();
    exception.getFieldErrors().forEach(error -> broken.put(error.getField(), rule(error)));
    return invalid(broken, headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var broken = new TreeMap<String, String>();
    for (var result : exception.getParameterValidationResults()) {
      var name = result.getMethodParameter().getParameterName();
      result
          .getResolvableErrors()
          .forEach(error -> broken.put(name == null ? "parameter" : name, rule(error)));
    }
    return invalid(broken, headers);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException exception,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (!(exception instanceof MethodArgumentTypeMismatchException mismatch)) {
      return super.handleTypeMismatch(exception, headers, status, request);
    }
    var isNumber = exception.getRootCause() instanceof NumberFormatException;
    return invalid(
        Map.of(mismatch.getName(), isNumber ? "must be an integer in its range" : "cannot be read"),
        headers);
  }

  /** The framework's own exceptions: their status is right, their words may echo input. */
  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception exception,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    var code = CommonError.ofStatus(status);
    return problems.answer(Problems.of(code, status, StatusWords.of(code)), headers);
  }

  private ResponseEntity<Object> invalid(Map<String, String> broken, HttpHeaders headers) {
    var problem =
        Problems.of(CommonError.INVALID_REQUEST, StatusWords.of(CommonError.INVALID_REQUEST));
    problem.setProperty("violations", broken);
    return problems.answer(problem, headers);
  }

  private ResponseEntity<Object> answer(BodyRefused refused, HttpHeaders headers) {
    return problems.answer(Problems.of(refused.code(), refused.detail()), headers);
  }

  private static String rule(MessageSourceResolvable error) {
    var message = error.getDefaultMessage();
    return message == null ? "breaks its rule" : message;
  }
}
