package org.constellation.platform.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;

/**
 * The one way in which a service checks signatures: each check is counted once, with the time that
 * it took, under the name for which it is made.
 */
public final class SignatureChecks {

  private final SignatureScheme scheme;
  private final MeterRegistry meters;
  private final LongSupplier spentNanos;

  /**
   * @param scheme makes the checks; whoever else has it checks uncounted
   * @param spentNanos what the calling thread has spent so far, for instance {@link
   *     ThreadTime#spentNanos}
   */
  public SignatureChecks(SignatureScheme scheme, MeterRegistry meters, LongSupplier spentNanos) {
    this.scheme = scheme;
    this.meters = meters;
    this.spentNanos = spentNanos;
  }

  /**
   * Makes checks in one name.
   *
   * @param member a committee member, or the service for what is nobody's in particular
   */
  public SignatureScheme of(String member) {
    var timer = meters.timer(Metrics.SIGNATURE_CHECKS, Metrics.MEMBER, member);
    return new Counted(scheme, timer, spentNanos);
  }

  private record Counted(SignatureScheme scheme, Timer timer, LongSupplier spentNanos)
      implements SignatureScheme {

    @Override
    public boolean verify(PublicKey key, byte[] message, Signature signature) {
      var before = spentNanos.getAsLong();
      var isAcceptable = scheme.verify(key, message, signature);
      timer.record(spentNanos.getAsLong() - before, TimeUnit.NANOSECONDS);
      return isAcceptable;
    }

    @Override
    public SigningKey signingKey(byte[] seed) {
      return scheme.signingKey(seed);
    }
  }
}
