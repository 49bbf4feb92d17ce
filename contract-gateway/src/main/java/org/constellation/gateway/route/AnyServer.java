package org.constellation.gateway.route;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.constellation.platform.web.BodyRefused;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.servlet.function.HandlerFilterFunction;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * Asks one of a service's servers, which can all answer: the one that did so before. If it takes no
 * connection, breaks off or says that it is unavailable, a GET goes to the next one, to {@link
 * #TRIES_MAX} in all. Anything else is asked once, since it may have been done. Nor is a GET asked
 * again whose server fell silent: its caller has waited long enough, and the next one is spared.
 *
 * <p>The gateway's own retry filter does not do: it waits a second before it tries again, does so
 * for every method if there is no answer, and for every status from 500 on.
 */
final class AnyServer implements HandlerFilterFunction<ServerResponse, ServerResponse> {

  /** Servers that one request may be put to. */
  static final int TRIES_MAX = 4;

  /** Others the client of the services does not know. */
  private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

  private final List<URI> addresses;
  private final UpstreamFailure failure;
  private final AtomicInteger preferred = new AtomicInteger();

  AnyServer(List<URI> addresses, UpstreamFailure failure) {
    this.addresses = List.copyOf(addresses);
    this.failure = failure;
  }

  @Override
  public ServerResponse filter(ServerRequest request, HandlerFunction<ServerResponse> next)
      throws Exception {
    if (!METHODS.contains(request.method())) {
      throw new HttpRequestMethodNotSupportedException(request.method().name());
    }
    var tries = mayBeAskedAgain(request) ? Math.min(TRIES_MAX, addresses.size()) : 1;
    var first = preferred.get();
    for (var attempt = 1; ; attempt++) {
      var server = (first + attempt - 1) % addresses.size();
      MvcUtils.setRequestUrl(request, addresses.get(server));
      try {
        var answer = next.handle(request);
        if (answer.statusCode() != HttpStatus.SERVICE_UNAVAILABLE) {
          return answer;
        }
        avoid(server);
        if (attempt == tries) {
          return answer;
        }
        discard(request);
      } catch (ResourceAccessException e) {
        if (BodyRefused.causeOf(e) != null) {
          return failure.answer(e);
        }
        avoid(server);
        if (attempt == tries || UpstreamFailure.isSilence(e)) {
          return failure.answer(e);
        }
      }
    }
  }

  /** A body can be read only once. */
  private static boolean mayBeAskedAgain(ServerRequest request) throws IOException {
    return request.method().equals(HttpMethod.GET)
        && request.servletRequest().getInputStream().isFinished();
  }

  /** Has later requests begin with the next server, unless another request saw to that. */
  private void avoid(int server) {
    preferred.compareAndSet(server, (server + 1) % addresses.size());
  }

  /** Gives the connection of an answer back that nobody is to see. */
  private static void discard(ServerRequest request) {
    if (request.attributes().remove(MvcUtils.CLIENT_RESPONSE_ATTR)
        instanceof ClientHttpResponse unseen) {
      unseen.close();
    }
  }
}
