package org.constellation.platform.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits how often one caller may ask. Callers are remembered in a cache that is bounded: whoever
 * was not seen for longest is forgotten, and begins anew.
 */
public final class RateLimit extends OncePerRequestFilter {

  /** How a service tells callers apart; as a bean, it turns the limit on. */
  @FunctionalInterface
  public interface Caller {

    /** Who asks; null for a request that is not limited. */
    @Nullable String of(HttpServletRequest request);
  }

  /** A caller that was silent may ask as much at once as in this many seconds. */
  static final int BURST_SECONDS = 5;

  /** Callers that are remembered, some 200 bytes each. */
  static final int CALLERS_MAX = 100_000;

  private final int perSecond;
  private final Caller caller;
  private final ProblemWriter problems;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(CALLERS_MAX).build();

  /**
   * @param perSecond requests of one caller
   * @param caller tells them apart
   */
  RateLimit(int perSecond, Caller caller, ProblemWriter problems) {
    this.perSecond = perSecond;
    this.caller = caller;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var name = caller.of(request);
    if (name != null) {
      var asked = buckets.get(name, _ -> bucket()).tryConsumeAndReturnRemaining(1);
      if (!asked.isConsumed()) {
        var seconds = Duration.ofNanos(asked.getNanosToWaitForRefill()).toSeconds() + 1;
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(CommonError.TOO_MANY_REQUESTS, response);
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private Bucket bucket() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity((long) perSecond * BURST_SECONDS)
                    .refillGreedy(perSecond, Duration.ofSeconds(1)))
        .build();
  }
}
