package org.constellation.star.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.constellation.platform.web.RequestRejected;
import org.constellation.star.StarError;
import org.constellation.star.writer.Command;

/** Waits for the writer on the caller's (virtual) thread. */
public final class Answers {

  private static final long WAIT_SECONDS = 30;

  private Answers() {}

  /**
   * What the writer answered.
   *
   * @throws RequestRejected with the writer's reason
   */
  public static Command.Accepted await(CompletableFuture<Command.Accepted> answer) {
    try {
      return answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RequestRejected rejection) {
        throw new RequestRejected(rejection.code(), rejection.detail(), rejection.properties());
      }
      throw new IllegalStateException("the writer failed", e);
    } catch (TimeoutException e) {
      throw StarError.OVERLOADED.because(
          "No answer in time; whether it was done, the same idempotency key will tell.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StarError.OVERLOADED.because("The service is stopping.");
    }
  }
}
