package org.constellation.simulation.byzantine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.layer.EvidenceCheck;
import org.constellation.consensus.layer.RoundVote;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.VoteCodec;
import org.constellation.simulation.crypto.Crypto;
import org.constellation.simulation.time.Dice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lie is as good as it can be: all is right about it but the signature. */
class FalsehoodsTest {

  private static final Hash NETWORK = Hashing.tagged("SIMULATED-NETWORK").finish();

  @ParameterizedTest
  @EnumSource
  void aFalseDoubleVoteLacksNothingButASignature(Crypto crypto) {
    var said = envelope(crypto);
    var dice = new Dice(1);
    for (var times = 0; times < 20; times++) {
      var evidence = Falsehoods.doubleVote(said, dice).orElseThrow();
      var votes = (Evidence.DoubleVote) evidence;
      assertThat(VoteCodec.contradict(votes.first().message(), votes.second().message())).isTrue();
      assertThat(votes.second().header()).isEqualTo(votes.first().header());
      assertThat(EnvelopeCodec.isSigned(votes.first(), crypto.scheme())).isTrue();
      assertThat(EvidenceCheck.isConvincing(evidence, NETWORK, crypto.scheme())).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPretenderIsWhoeverItSays(Crypto crypto) {
    var said = envelope(crypto);
    var pretender = new Pretender(said.header().sender(), said.signature());
    var forged = EnvelopeCodec.seal(said.header(), List.of(vote(false).encode()), pretender);
    assertThat(forged.header().sender()).isEqualTo(crypto.key("victim").publicKey());
    assertThat(EnvelopeCodec.isSigned(said, crypto.scheme())).isTrue();
    assertThat(EnvelopeCodec.isSigned(forged, crypto.scheme())).isFalse();
  }

  private static Envelope envelope(Crypto crypto) {
    var victim = crypto.key("victim");
    var header = new Envelope.Header(NETWORK, Committee.GALAXY, 0, victim.publicKey(), 1, 1);
    return EnvelopeCodec.seal(header, List.of(vote(true).encode(), vote(true).encode()), victim);
  }

  private static RoundVote vote(boolean value) {
    var slot = new Slot(2, SlotKind.AUX, 0);
    return new RoundVote(7, new Vote(slot, VoteValue.of(new byte[] {(byte) (value ? 1 : 0)})));
  }
}
