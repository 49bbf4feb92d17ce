package org.constellation.platform.member;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.consensus.layer.Addressed;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.consensus.layer.LayerStep;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Envelope;

/** Journals and broadcasts whatever it receives, and answers the sender. */
final class EchoingCore implements MemberCore<String> {

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private volatile Optional<String> halted = Optional.empty();

  List<String> calls() {
    return calls;
  }

  void haltNext(String why) {
    halted = Optional.of(why);
  }

  @Override
  public LayerStep<String> start(long nowMillis) {
    calls.add("start");
    return LayerStep.idle();
  }

  @Override
  public LayerStep<String> receive(int member, Envelope envelope, long nowMillis) {
    calls.add("receive from " + member);
    var message = envelope.messages().getFirst();
    return new LayerStep<>(
        List.of(new JournalRecord.Proposed(1, message)),
        Optional.empty(),
        List.of(message),
        List.of(new Addressed(member, message)),
        List.of(),
        List.of(),
        List.of(),
        halted);
  }

  @Override
  public LayerStep<String> poolChanged(long nowMillis) {
    calls.add("pool changed");
    return LayerStep.idle();
  }

  @Override
  public LayerStep<String> time(long nowMillis) {
    return LayerStep.idle();
  }

  @Override
  public LayerStep<String> offerBlock(Bytes encoded, long nowMillis) {
    calls.add("offered");
    var block =
        new CertifiedBlock<>(7, Hash.ZERO, new Certificate(List.of()), "block", Bytes.EMPTY);
    return new LayerStep<>(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(block),
        List.of(),
        List.of(),
        Optional.empty());
  }

  @Override
  public LayerStatus status() {
    return new LayerStatus(
        7, 7, List.of(0L, 0L, 0L, 0L), List.of(0L, 0L, 0L, 0L), 0, Optional.empty(), List.of());
  }
}
