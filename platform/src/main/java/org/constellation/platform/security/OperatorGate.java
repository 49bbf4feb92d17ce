package org.constellation.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.RequestRejected;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets only operators into what is {@link OperatorOnly}: by login, or by the one token. */
final class OperatorGate implements HandlerInterceptor {

  private final Optional<TokenHash> operator;

  OperatorGate(Optional<TokenHash> operator) {
    this.operator = operator;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (!(handler instanceof HandlerMethod method) || !isGuarded(method)) {
      return true;
    }
    var login = Login.current();
    if (login.isPresent()) {
      login.get().require(Login.OPERATOR);
      return true;
    }
    var token = BearerToken.fromAuthorization(request.getHeader(HttpHeaders.AUTHORIZATION));
    if (token.isEmpty()) {
      throw new RequestRejected(CommonError.NOT_AUTHENTICATED, "The operator's token is needed.");
    }
    if (operator.isEmpty() || !operator.get().matches(token.get())) {
      throw new RequestRejected(CommonError.NOT_ALLOWED, "This is not the operator's token.");
    }
    return true;
  }

  static boolean isGuarded(HandlerMethod method) {
    return method.hasMethodAnnotation(OperatorOnly.class)
        || method.getBeanType().isAnnotationPresent(OperatorOnly.class);
  }
}
