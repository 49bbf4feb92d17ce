package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.junit.jupiter.api.Test;

/** One member of four that starts, and what the others say that they hold signed from it. */
class StartQuestionTest {

  private static final int SELF = 3;
  private static final int MEMBERS = 4;

  private final List<SigningKey> keys = VirtualCommittee.keys(Committee.GALAXY, MEMBERS);
  private final LayerConfig config =
      new LayerConfig(
          Hash.ZERO,
          VirtualCommittee.plan(Committee.GALAXY, keys),
          SELF,
          LayerTiming.withIdle(1_000));
  private final ToyRules rules = new ToyRules();
  private final List<LayerStep<ToyRules.Block>> steps = new ArrayList<>();
  private Layer<ToyRules.Block> layer = layer(List.of());
  private long now = 1_000;
  private long counter;

  private Layer<ToyRules.Block> layer(List<JournalRecord> journal) {
    return new Layer<>(
        config,
        rules,
        new LayerPorts(
            new KeyedHashCoins(new Roster(MEMBERS), 1).of(new MemberIndex(SELF)),
            keys.get(SELF)::sign,
            MacKey.VERIFIER),
        LayerRecall.of(journal));
  }

  private void start(JournalRecord... journal) {
    layer = layer(List.of(journal));
    steps.add(layer.start(now));
  }

  private Envelope envelope(SigningKey key, Committee committee, long era, Bytes... messages) {
    var header = new Envelope.Header(Hash.ZERO, committee, era, key.publicKey(), counter++, now);
    return EnvelopeCodec.seal(header, Arrays.asList(messages), key);
  }

  private void receive(int member, LayerMessage message) {
    var envelope = envelope(keys.get(member), Committee.GALAXY, 0, LayerCodec.encode(message));
    steps.add(layer.receive(member, envelope, now));
  }

  private void answer(int member, long certified, SignedMessage... votes) {
    receive(member, new LayerMessage.Answer(1_000, certified, List.of(votes)));
  }

  private void pass(long millis) {
    for (var end = now + millis; now < end; now += 25) {
      steps.add(layer.time(now));
    }
  }

  private static Vote echo(int mark) {
    var digest = ToyRules.referenceOf(word("payload " + mark));
    return new Vote(new Slot(1, SlotKind.ECHO, 0), VoteValue.of(digest.toBytes()));
  }

  private static Vote ready(int mark) {
    return new Vote(new Slot(1, SlotKind.READY, 0), echo(mark).value());
  }

  private static Bytes word(String text) {
    return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
  }

  private SignedMessage signed(SigningKey key, Committee committee, long era, long round, Vote v) {
    return EnvelopeCodec.extract(
        envelope(key, committee, era, word("padding"), LayerCodec.encode(round, v)), 1);
  }

  /** A vote of this member's own. */
  private SignedMessage own(long round, Vote vote) {
    return signed(keys.get(SELF), Committee.GALAXY, 0, round, vote);
  }

  /** Everything said since the start, without questions and answers. */
  private List<LayerMessage> said() {
    return steps.stream()
        .flatMap(step -> step.broadcast().stream())
        .map(message -> LayerCodec.decode(message).orElseThrow())
        .filter(message -> !(message instanceof LayerMessage.Question))
        .toList();
  }

  private List<LayerMessage.Question> questions() {
    return steps.stream()
        .flatMap(step -> step.broadcast().stream())
        .map(message -> LayerCodec.decode(message).orElseThrow())
        .filter(LayerMessage.Question.class::isInstance)
        .map(LayerMessage.Question.class::cast)
        .toList();
  }

  private List<String> halted() {
    return steps.stream().flatMap(step -> step.halted().stream()).toList();
  }

  /** A certified block of the toy chain. */
  private CertifiedBlock<ToyRules.Block> block(long round, Hash previous, int... signers) {
    var block = new ToyRules.Block(round, previous, Hash.ZERO, List.of());
    var message = Certificate.signedMessage(block.hash());
    var certificate =
        new Certificate(
            Arrays.stream(signers)
                .mapToObj(i -> new Certificate.MemberSignature(i, keys.get(i).sign(message)))
                .toList());
    return new CertifiedBlock<>(
        round, block.hash(), certificate, block, rules.encode(block, certificate));
  }

  @Test
  void asksAndIsSilentUntilEnoughHaveAnswered() {
    rules.add(word("work"));
    start();
    pass(3_000);
    assertThat(questions()).hasSizeBetween(2, 6).allMatch(asked -> asked.started() == 1_000);
    assertThat(said()).isEmpty();
    assertThat(layer.status().concerns())
        .containsExactly("asks n−f members what they hold signed from it: 0 of 2 others answered");
    answer(0, 0);
    pass(1_000);
    assertThat(said()).isEmpty();
    answer(0, 0);
    pass(100);
    assertThat(said()).isEmpty();
    answer(1, 0);
    pass(1_500);
    assertThat(said()).isEmpty();
    assertThat(layer.status().concerns())
        .containsExactly("has enough answers, and gives the others a moment before it speaks");
    pass(1_600);
    assertThat(said()).isNotEmpty();
    assertThat(layer.status().concerns()).isEmpty();
    var asked = questions().size();
    pass(20_000);
    assertThat(questions()).hasSize(asked);
  }

  @Test
  void waitsForNobodyOnceAllHaveAnswered() {
    rules.add(word("work"));
    start();
    answer(0, 0);
    answer(1, 0);
    pass(100);
    assertThat(said()).isEmpty();
    answer(2, 0);
    pass(1_500);
    assertThat(said()).isNotEmpty();
  }

  @Test
  void saysNothingAndWritesNothingWhateverOthersSayMeanwhile() {
    start();
    receive(0, new LayerMessage.Payload(1, ToyRules.payload(Hash.ZERO, List.of())));
    receive(0, new LayerMessage.Ballot(1, echo(1)));
    receive(1, new LayerMessage.Ballot(1, echo(1)));
    pass(100);
    assertThat(said()).isEmpty();
    assertThat(steps).allMatch(step -> step.journal().isEmpty() && step.faults().isEmpty());
  }

  @Test
  void answersOthersWhileItWaits() {
    start();
    receive(0, new LayerMessage.Question(77, 0));
    assertThat(steps.getLast().answers())
        .singleElement()
        .satisfies(
            answer -> {
              assertThat(answer.member()).isZero();
              assertThat(LayerCodec.decode(answer.message()))
                  .contains(new LayerMessage.Answer(77, 0, List.of()));
            });
  }

  @Test
  void answersWithTheNewestVotesThatItHolds() {
    start();
    answer(0, 0);
    answer(1, 0);
    answer(2, 0);
    for (var instance = 0; instance < 3; instance++) {
      for (var kind : List.of(SlotKind.ECHO, SlotKind.READY)) {
        var vote = new Vote(new Slot(instance, kind, 0), VoteValue.of(new byte[32]));
        receive(2, new LayerMessage.Ballot(1, vote));
      }
    }
    receive(2, new LayerMessage.Question(5, 0));
    var answer =
        (LayerMessage.Answer)
            LayerCodec.decode(steps.getLast().answers().getFirst().message()).orElseThrow();
    assertThat(answer.votes()).hasSize(6);
    assertThat(answer.votes())
        .allMatch(vote -> EnvelopeCodec.isSigned(vote, MacKey.VERIFIER))
        .allMatch(vote -> vote.header().sender().equals(keys.get(2).publicKey()));
    assertThat(answer.votes().getFirst().message())
        .isEqualTo(
            LayerCodec.encode(
                1, new Vote(new Slot(2, SlotKind.READY, 0), VoteValue.of(new byte[32]))));
    now += 1_000;
    receive(2, new LayerMessage.Question(5, 1));
    assertThat(steps.getLast().answers())
        .extracting(one -> LayerCodec.decode(one.message()).orElseThrow())
        .containsExactly(new LayerMessage.Answer(5, 0, List.of()));
  }

  @Test
  void writesTheFirstWordOfEachMemberBeforeItsOwnNext() {
    start();
    answer(0, 0);
    answer(1, 0);
    answer(2, 0);
    receive(2, new LayerMessage.Ballot(1, echo(1)));
    receive(2, new LayerMessage.Ballot(1, ready(1)));
    assertThat(steps).allMatch(step -> step.journal().isEmpty());
    rules.add(word("work"));
    pass(2_000);
    var written = steps.stream().flatMap(step -> step.journal().stream()).toList();
    var heard =
        written.stream()
            .filter(JournalRecord.Heard.class::isInstance)
            .map(JournalRecord.Heard.class::cast)
            .toList();
    assertThat(heard)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.member()).isEqualTo(2);
              assertThat(one.message().message()).isEqualTo(LayerCodec.encode(1, echo(1)));
            });
    assertThat(written.indexOf(heard.getFirst()))
        .isLessThan(
            IntStream.range(0, written.size())
                .filter(i -> written.get(i) instanceof JournalRecord.Sent)
                .findFirst()
                .orElseThrow());
  }

  @Test
  void answersWithWhatItHeardBeforeItStartedAgain() {
    var heard = signed(keys.get(2), Committee.GALAXY, 0, 1, echo(1));
    start(new JournalRecord.Heard(1, 2, heard));
    receive(2, new LayerMessage.Question(5, 0));
    receive(1, new LayerMessage.Question(6, 0));
    answer(0, 0);
    answer(1, 0);
    answer(2, 0);
    now += 1_000;
    receive(2, new LayerMessage.Question(7, 0));
    now += 1_000;
    receive(2, new LayerMessage.Question(8, 1));
    assertThat(steps.stream().flatMap(step -> step.answers().stream()))
        .extracting(one -> LayerCodec.decode(one.message()).orElseThrow())
        .containsExactly(
            new LayerMessage.Answer(5, 0, List.of(heard)),
            new LayerMessage.Answer(6, 0, List.of()),
            new LayerMessage.Answer(7, 0, List.of(heard)),
            new LayerMessage.Answer(8, 0, List.of()));
  }

  @Test
  void answersNobodyMoreThanFourTimesASecond() {
    start();
    IntStream.range(0, 500)
        .forEach(
            i -> {
              receive(0, new LayerMessage.Question(i, 0));
              now += 2;
            });
    assertThat(steps.stream().mapToInt(step -> step.answers().size()).sum()).isBetween(3, 5);
  }

  @Test
  void isSilentForGoodIfAnotherHoldsAVoteThatItsJournalLacks() {
    start();
    answer(0, 0);
    answer(2, 0, own(17, echo(1)));
    assertThat(halted())
        .containsExactly(
            "journal is older than what galaxy-3 holds signed from it in round 17: 1/ECHO/0");
    answer(1, 0);
    pass(5_000);
    assertThat(said()).isEmpty();
  }

  @Test
  void isSilentAlsoWhereItsJournalHasAnotherValue() {
    start(new JournalRecord.Sent(1, echo(1)));
    answer(2, 0, own(1, echo(2)));
    assertThat(halted()).hasSize(1);
  }

  @Test
  void whatItsJournalKnowsIsNoReasonToBeSilent() {
    start(new JournalRecord.Sent(1, echo(1)), new JournalRecord.Sent(2, echo(2)));
    answer(0, 0, own(1, echo(1)), own(2, echo(2)));
    answer(1, 0, own(2, echo(2)));
    answer(2, 0);
    pass(100);
    assertThat(halted()).isEmpty();
    assertThat(said()).isNotEmpty();
  }

  @Test
  void whatItsJournalHasRightlyForgottenIsNoReasonToBeSilent() {
    var first = block(1, Hash.ZERO, 0, 1, 2, 3);
    var second = block(2, first.hash(), 0, 1, 2, 3);
    var third = block(3, second.hash(), 0, 1, 2, 3);
    start(
        new JournalRecord.Certified(1, first.encoded()),
        new JournalRecord.Certified(2, second.encoded()),
        new JournalRecord.Certified(3, third.encoded()));
    answer(0, 3, own(1, echo(1)), own(2, echo(2)), own(3, echo(3)));
    answer(1, 3);
    pass(3_100);
    assertThat(halted()).isEmpty();
    assertThat(said()).isNotEmpty();
  }

  @Test
  void nobodySilencesItByALie() {
    start();
    var stranger = MacKey.of("stranger", 1);
    var vote = own(17, echo(1));
    var forged =
        new SignedMessage(
            vote.header(),
            vote.headerBytes(),
            LayerCodec.encode(18, echo(1)),
            vote.index(),
            vote.size(),
            vote.siblings(),
            vote.signature());
    answer(
        0,
        0,
        forged,
        signed(stranger, Committee.GALAXY, 0, 17, echo(1)),
        signed(keys.get(0), Committee.GALAXY, 0, 17, echo(1)),
        signed(keys.get(SELF), Committee.ofCluster(1), 0, 17, echo(1)),
        signed(keys.get(SELF), Committee.GALAXY, 1, 17, echo(1)),
        EnvelopeCodec.extract(envelope(keys.get(SELF), Committee.GALAXY, 0, word("no vote")), 0));
    answer(1, 0);
    pass(3_100);
    assertThat(halted()).isEmpty();
    assertThat(said()).isNotEmpty();
  }

  @Test
  void answersToAnEarlierStartCountForNothing() {
    start();
    receive(0, new LayerMessage.Answer(999, 0, List.of()));
    receive(1, new LayerMessage.Answer(999, 0, List.of()));
    pass(3_000);
    assertThat(said()).isEmpty();
  }

  @Test
  void waitsForARoundThatOneCorrectMemberSaysIsCertified() {
    start();
    answer(0, Long.MAX_VALUE);
    answer(1, 2);
    pass(3_000);
    assertThat(said()).isEmpty();
    assertThat(layer.status().concerns())
        .containsExactly("catches up from round 0 to 2 before it speaks");
    var first = block(1, Hash.ZERO, 0, 1, 2);
    steps.add(layer.offerBlock(first.encoded(), now));
    assertThat(said()).isEmpty();
    steps.add(layer.offerBlock(block(2, first.hash(), 0, 1, 2).encoded(), now));
    pass(3_100);
    assertThat(halted()).isEmpty();
    assertThat(said())
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message instanceof LayerMessage.Ballot(var round, var _) ? round : 3)
                    .isEqualTo(3));
  }

  @Test
  void isSilentIfABlockThatItLacksBearsItsSignature() {
    start();
    answer(0, 1);
    answer(1, 1);
    steps.add(layer.offerBlock(block(1, Hash.ZERO, 0, 1, 3).encoded(), now));
    assertThat(halted()).containsExactly("journal is older than round 1, which this member signed");
  }

  @Test
  void hearsLateAnswersToo() {
    start();
    answer(0, 0);
    answer(1, 0);
    pass(3_100);
    assertThat(halted()).isEmpty();
    answer(2, 0, own(17, echo(1)));
    assertThat(halted()).hasSize(1);
  }

  @Test
  void itsOwnOldVotesOnTheTopicShowItToo() {
    start();
    steps.add(
        layer.receive(
            SELF,
            envelope(keys.get(SELF), Committee.GALAXY, 0, LayerCodec.encode(17, echo(1))),
            now));
    assertThat(halted()).hasSize(1);
  }

  /** A second process with this member's key, or somebody who stole it. */
  @Test
  void fallsSilentAlsoLaterWhenItHearsItsOwnKeySpeakElsewhere() {
    rules.add(word("work"));
    start();
    answer(0, 0);
    answer(1, 0);
    answer(2, 0);
    pass(1_500);
    assertThat(said()).isNotEmpty();
    for (var message : said()) {
      receive(SELF, message);
    }
    assertThat(halted()).as("by its own words").isEmpty();

    receive(SELF, new LayerMessage.Ballot(2, echo(1)));
    assertThat(halted())
        .containsExactly("this member's key signed what its journal does not know: " + echo(1));
    var before = said().size();
    pass(5_000);
    assertThat(said()).hasSize(before);
    assertThat(layer.status().concerns()).containsExactlyElementsOf(halted());
  }
}
