package org.constellation.simulation.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.network.Founding;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** What the watch of certificates sees, and what it must not take for a fork. */
class AgreementWatchTest {

  private static final int ROUNDS = 8;

  private final Founding founding = Founding.of(Options.draw(Options.Wish.of(1, Scenario.CALM)));
  private final Founding.Keys galaxy = founding.keysOf(Committee.GALAXY);
  private final Guilty guilty = new Guilty();
  private final Violations violations = new Violations(new Trace(new VirtualTime(), null));
  private final AgreementWatch watch =
      new AgreementWatch(List.of(galaxy.plan()), founding.crypto().scheme(), guilty, violations);

  private static Hash header(String name) {
    return Hashing.tagged("SIMULATED-HEADER").text(name).finish();
  }

  private Certificate certificate(Hash header, int signatures) {
    var message = Certificate.signedMessage(header);
    return new Certificate(
        IntStream.range(0, signatures)
            .mapToObj(
                member ->
                    new Certificate.MemberSignature(
                        member, galaxy.operational().get(member).sign(message)))
            .toList());
  }

  private Certificate certificate(Hash header) {
    return certificate(header, galaxy.plan().quorum());
  }

  private void handOut(int from, int to) {
    for (var round = from; round <= to; round++) {
      var header = header("block " + round);
      assertThat(watch.shown(Committee.GALAXY, round, header, certificate(header))).isTrue();
    }
  }

  @Test
  void twoCertifiedHeadersOfOneRoundAreAFork() {
    handOut(1, 2);
    var other = header("another");
    watch.shown(Committee.GALAXY, 2, other, certificate(other));
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("AGREEMENT");
  }

  @Test
  void aCertificateOfWhatNobodyHasIsAFork() {
    handOut(1, 2);
    var other = header("another");
    watch.shown(Committee.GALAXY, other, certificate(other));
    watch.compare();
    assertThat(violations.all()).as("its block may be on its way").isEmpty();
    handOut(3, ROUNDS);
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("AGREEMENT");
  }

  @Test
  void aCertificateThatIsShownBeforeItsBlockIsNone() {
    handOut(1, 2);
    var next = header("block 3");
    watch.shown(Committee.GALAXY, next, certificate(next));
    handOut(3, ROUNDS);
    watch.compare();
    assertThat(violations.all()).isEmpty();
  }

  @Test
  void aCertificateThatIsShownLongBeforeItsBlockIsNone() {
    handOut(1, 2);
    watch.signed(Committee.GALAXY, ROUNDS);
    var last = header("block " + ROUNDS);
    watch.shown(Committee.GALAXY, last, certificate(last));
    handOut(3, ROUNDS);
    watch.compare();
    assertThat(violations.all()).isEmpty();
  }

  @Test
  void aCertificateOfWhatNobodyHasIsSeenAsSoonAsAllItCouldBeIsKnown() {
    handOut(1, 2);
    watch.signed(Committee.GALAXY, 5);
    var other = header("another");
    watch.shown(Committee.GALAXY, other, certificate(other));
    handOut(3, 3);
    handOut(5, ROUNDS);
    assertThat(violations.all()).as("it may be of round 4").isEmpty();
    handOut(4, 4);
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("AGREEMENT");
  }

  @Test
  void tooFewSignaturesAreNone() {
    var other = header("another");
    watch.shown(Committee.GALAXY, other, certificate(other, galaxy.plan().quorum() - 1));
    handOut(1, ROUNDS);
    watch.compare();
    assertThat(violations.all()).isEmpty();
  }

  @Test
  void tooFewSignaturesAreNoneForAHeaderThatIsCertified() {
    handOut(1, 2);
    var known = header("block 2");
    var few = certificate(known, galaxy.plan().quorum() - 1);
    assertThat(watch.shown(Committee.GALAXY, 2, known, few)).isFalse();
  }

  @Test
  void aCapturedCommitteeMayDoWhatItLikes() {
    guilty.committee(Committee.GALAXY);
    var other = header("another");
    watch.shown(Committee.GALAXY, other, certificate(other));
    handOut(1, ROUNDS);
    watch.compare();
    assertThat(violations.all()).isEmpty();
  }
}
