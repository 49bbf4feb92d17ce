package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.junit.jupiter.api.Test;

class VoteLogTest {

  private static final MacKey KEY = MacKey.of("member", 2);
  private final VoteLog log = new VoteLog(4);

  private static Envelope envelope(Bytes... messages) {
    var header = new Envelope.Header(Hash.ZERO, Committee.GALAXY, 0, KEY.publicKey(), 1, 1);
    return EnvelopeCodec.seal(header, List.of(messages), KEY);
  }

  private static Bytes vote(Slot slot, int value) {
    return LayerCodec.encode(1, new Vote(slot, VoteValue.of(new byte[] {(byte) value})));
  }

  private static Slot aux(int round) {
    return new Slot(0, SlotKind.AUX, round);
  }

  @Test
  void provesThatTwoValuesWereSaid() {
    var first = envelope(vote(aux(1), 0), vote(aux(0), 0));
    log.note(2, aux(1), first, 0);
    log.note(2, aux(0), first, 1);
    var evidence = log.doubleVote(2, aux(0), envelope(vote(aux(0), 1)), 0).orElseThrow();
    assertThat(EvidenceCheck.isConvincing(evidence, Hash.ZERO, MacKey.VERIFIER)).isTrue();
  }

  @Test
  void provesNothingByTheSameValue() {
    log.note(2, aux(0), envelope(vote(aux(0), 0)), 0);
    assertThat(log.doubleVote(2, aux(0), envelope(vote(aux(0), 0)), 0)).isEmpty();
  }

  @Test
  void keepsSingleMessagesOfLongEnvelopes() {
    var messages = new ArrayList<Bytes>();
    for (var i = 0; i < 500; i++) {
      messages.add(Bytes.copyOf(new byte[1_000]));
    }
    messages.add(vote(aux(0), 0));
    log.note(2, aux(0), envelope(messages.toArray(Bytes[]::new)), 500);
    assertThat(log.size()).isOne();
    assertThat(log.bytes()).isLessThan(1_000);
  }

  @Test
  void losesTheFurthestAgreementRoundsFirst() {
    var max = VoteLog.VOTES_PER_INSTANCE_MAX * 4;
    for (var round = 2 * max; round > 0; round--) {
      log.note(2, aux(round), envelope(vote(aux(round), 0)), 0);
      log.note(3, aux(round), envelope(vote(aux(round), 0)), 0);
    }
    assertThat(log.size()).isEqualTo(2 * max);
    assertThat(log.doubleVote(2, aux(1), envelope(vote(aux(1), 1)), 0)).isPresent();
    assertThat(log.doubleVote(2, aux(2 * max), envelope(vote(aux(2 * max), 1)), 0)).isEmpty();
  }
}
