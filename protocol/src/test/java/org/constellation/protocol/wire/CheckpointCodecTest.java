package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.Decoded.Reason;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {

  private final TestStar star =
      new TestStar(Hash.ZERO, new HashedSignatures().generate(new Random(1)));

  /** About 250 KB, a different one each time. */
  private Segment longSegment() {
    var manifest = Bytes.copyOf(new byte[Body.PAYLOAD_BYTES_MAX]);
    return star.say(
        IntStream.range(0, 58)
            .<Body>mapToObj(_ -> new Body.ContractRegistration("long", Hash.ZERO, manifest))
            .toArray(Body[]::new));
  }

  private Evidence fork() {
    return new Evidence.Fork(longSegment(), longSegment());
  }

  private static Optional<Reason> refusal(CheckpointBody body) {
    return switch (CheckpointCodec.decodeBody(CheckpointCodec.encode(body))) {
      case Decoded.Valid<CheckpointBody>(var read) -> {
        assertThat(read).isEqualTo(body);
        yield Optional.empty();
      }
      case Decoded.Malformed<CheckpointBody>(var reason, _) -> Optional.of(reason);
    };
  }

  @Test
  void refusesMoreThanFourMebibytesOfEvidence() {
    var fork = fork();
    var length = EvidenceCodec.encode(fork).length();
    var most = CheckpointBody.EVIDENCE_BYTES_MAX / length;

    assertThat(refusal(withForks(fork, most))).isEmpty();
    assertThat(refusal(withForks(fork, most + 1))).contains(Reason.TOO_LONG);
  }

  private static CheckpointBody withForks(Evidence fork, int count) {
    var evidence = new Evidence[count];
    Arrays.fill(evidence, fork);
    return new CheckpointBody(List.of(), List.of(evidence));
  }

  @Test
  void refusesMoreThanEightMebibytesOfSegments() {
    var segment = longSegment();
    var most = CheckpointBody.BYTES_MAX / ChainCodec.encode(segment).length();

    assertThat(refusal(withSegments(segment, most))).isEmpty();
    assertThat(refusal(withSegments(segment, most + 1))).contains(Reason.TOO_LONG);
  }

  private static CheckpointBody withSegments(Segment segment, int count) {
    var segments = new Segment[count];
    Arrays.fill(segments, segment);
    return new CheckpointBody(List.of(segments), List.of());
  }
}
