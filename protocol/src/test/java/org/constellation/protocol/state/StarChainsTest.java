package org.constellation.protocol.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

class StarChainsTest {

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);

  private StarChains chains() {
    return StarChains.of(ledger.state(), 0, network.scheme());
  }

  private static Body note() {
    return new Body.CompositionRegistration("a note", Bytes.EMPTY);
  }

  private static CheckpointBody body(Segment... segments) {
    return new CheckpointBody(List.of(segments), List.of());
  }

  @Test
  void whatComesNextIsIncludable() {
    var first = alice.say(note());
    var second = alice.say(note());
    var chains = chains();
    assertThat(chains.judge(first)).isEqualTo(new Judgement.Includable(first));
    assertThat(chains.judge(second)).isEqualTo(new Judgement.NotNext(1));
    var later = chains.after(body(first));
    assertThat(later.judge(second)).isEqualTo(new Judgement.Includable(second));
    assertThat(later.judge(first)).isEqualTo(new Judgement.Included());
    // The earlier one is as it was.
    assertThat(chains.judge(second)).isEqualTo(new Judgement.NotNext(1));
  }

  @Test
  void cutsOffWhatIsIncludedAlready() {
    var one = alice.write(note());
    var two = alice.write(note());
    var chains = chains().after(body(alice.sign(List.of(one))));
    var both = alice.sign(List.of(one, two));
    assertThat(chains.judge(both)).isEqualTo(new Judgement.Includable(both.from(2)));
  }

  @Test
  void seesAForkAtTheHead() {
    var included = alice.say(note());
    var chains = chains().after(body(included));
    alice.goBackTo(0, Hash.ZERO);
    var other = alice.write(new Body.Refusal(Hash.ZERO));
    var beyond = alice.write(note());
    var fork = new Judgement.Fork(1, included.last().id());
    assertThat(chains.judge(alice.sign(List.of(other)))).isEqualTo(fork);
    assertThat(chains.judge(alice.sign(List.of(other, beyond)))).isEqualTo(fork);
    assertThat(chains.judge(alice.sign(List.of(beyond)))).isEqualTo(fork);
  }

  @Test
  void knowsHomesNetworksAndKeys() {
    assertThat(chains().judge(network.star(1).say(note())))
        .isEqualTo(new Judgement.WrongHome(OptionalInt.of(1)));
    assertThat(chains().judge(network.newStar().say(note())))
        .isEqualTo(new Judgement.WrongHome(OptionalInt.empty()));
    assertThat(chains().judge(new TestStar(Hash.ZERO, alice.key()).say(note())))
        .isEqualTo(new Judgement.WrongNetwork());
    var own = alice.key();
    alice.signWith(network.newKey());
    assertThat(chains().judge(alice.say(note())))
        .isEqualTo(new Judgement.WrongKey(own.publicKey()));
  }

  @Test
  void followsAKeyChangeInItsOwnCheckpoints() {
    var newKey = network.newKey();
    var chains = chains().after(body(alice.changeKey(newKey)));
    var next = alice.say(note());
    assertThat(chains.judge(next)).isEqualTo(new Judgement.Includable(next));
    assertThat(chains.head(alice.id()).orElseThrow().key()).isEqualTo(newKey.publicKey());
  }

  @Test
  void refusesASegmentWhoseEndAKeyChangeInsideItMakesInvalid() {
    var newKey = network.newKey();
    var change = alice.keyChange(newKey);
    var good = alice.say(note(), change);
    assertThat(chains().judge(good)).isEqualTo(new Judgement.Includable(good));
    alice.goBackTo(0, Hash.ZERO);
    assertThat(chains().judge(alice.say(change, note())))
        .isEqualTo(new Judgement.WrongKey(newKey.publicKey()));
    // A key change that fails changes nothing.
    alice.goBackTo(0, Hash.ZERO);
    var failing = alice.say(network.star(2).keyChange(newKey), note());
    assertThat(chains().judge(failing)).isEqualTo(new Judgement.Includable(failing));
  }

  @Test
  void keepsManyCheckpointsApart() {
    var chains = chains();
    for (var round = 0; round < 64; round++) {
      var segments =
          IntStream.of(0, 2, 4)
              .limit(1 + round % 3)
              .mapToObj(star -> network.star(star).say(note()))
              .toArray(Segment[]::new);
      for (var segment : segments) {
        assertThat(chains.judge(segment)).isInstanceOf(Judgement.Includable.class);
      }
      chains = chains.after(body(segments));
    }
    for (var star : List.of(0, 2, 4)) {
      var head = chains.head(network.star(star).id()).orElseThrow();
      assertThat(head.sequence()).isEqualTo(network.star(star).sequence());
      assertThat(head.id()).isEqualTo(network.star(star).head());
    }
  }
}
