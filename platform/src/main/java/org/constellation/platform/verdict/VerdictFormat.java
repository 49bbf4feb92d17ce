package org.constellation.platform.verdict;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.verdict.proto.VerdictMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.MessageFormat;

/** Between verdicts and their bytes. */
public final class VerdictFormat {

  private static final int BYTES_MAX = 256;

  private static final MessageFormat<VerdictMessages.Verdict> FORMAT =
      MessageFormat.of(
          VerdictMessages.Verdict.parser(), VerdictMessages.Verdict.getDescriptor(), BYTES_MAX);

  private VerdictFormat() {}

  /** The one encoding of {@code verdict}. */
  public static Bytes encode(Verdict verdict) {
    return FORMAT.encode(
        VerdictMessages.Verdict.newBuilder()
            .setStar(ByteString.copyFrom(verdict.star().toBytes()))
            .setSequence(verdict.sequence())
            .setHalfBlock(ByteString.copyFrom(verdict.halfBlock().toBytes()))
            .setReason(verdict.reason().code())
            .build());
  }

  /** What bytes say; empty if they say nothing. */
  public static Optional<Verdict> decode(Bytes bytes) {
    return FORMAT.decode(bytes, VerdictFormat::read).toOptional();
  }

  private static Verdict read(VerdictMessages.Verdict message) {
    return new Verdict(
        StarId.of(message.getStar().toByteArray()),
        message.getSequence(),
        Hash.of(message.getHalfBlock().toByteArray()),
        Outcome.of(message.getReason())
            .orElseThrow(() -> new IllegalArgumentException("no such outcome")));
  }
}
