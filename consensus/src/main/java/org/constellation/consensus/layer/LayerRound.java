package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.agreement.BinaryAgreement;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.subset.CommonSubset;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Envelope;
import org.jspecify.annotations.Nullable;

/**
 * One run of the subset with its payloads and the signatures under its block, as one member sees
 * it. It takes part in the others' broadcasts and agreements before it proposes itself.
 *
 * @param <B> the layer's block
 */
final class LayerRound<B> {

  private final long round;
  private final LayerConfig config;
  private final Roster roster;
  private final MemberIndex self;
  private final LayerRules<B> rules;
  private final BodyJournal bodies;
  private final CommonSubset subset;
  private final Certification certification;
  private final Payloads payloads;
  private final VoteLog log;
  private final TreeMap<Slot, VoteValue> sent = new TreeMap<>();
  private final long[] proposalSeen;
  private final List<JournalRecord.Heard> unwritten = new ArrayList<>();
  private final RoundClock clock = new RoundClock();
  private Built.@Nullable Ready<B> built;

  LayerRound(
      long round,
      LayerConfig config,
      LayerRules<B> rules,
      LayerPorts ports,
      BodyJournal bodies,
      LayerRecall recall) {
    this.round = round;
    this.config = config;
    this.roster = config.roster();
    this.self = new MemberIndex(config.self());
    this.rules = rules;
    this.bodies = bodies;
    this.subset =
        ports.subsets().open(roster, self, config.coinScope(round), recall.machines(round));
    this.certification = new Certification(config.plan(), roster, ports.verifier());
    this.payloads = new Payloads(round, rules);
    this.log = new VoteLog(roster.size());
    this.proposalSeen = new long[roster.size()];
    recall.heard(round).forEach(log::restore);
  }

  long round() {
    return round;
  }

  RoundClock clock() {
    return clock;
  }

  boolean isStarted() {
    return clock.startedMillis() > 0;
  }

  Certification certification() {
    return certification;
  }

  Payloads payloads() {
    return payloads;
  }

  Optional<Built.Ready<B>> built() {
    return Optional.ofNullable(built);
  }

  /** Whether the block that was built here has this header. */
  boolean isBuilt(Hash header) {
    return built != null && built.hash().equals(header);
  }

  Optional<AgreedSubset> agreed() {
    return subset.agreed();
  }

  /** Goes on where the journal ends: every vote in it is said again. */
  void resume(LayerRecall recall, Turn<B> turn) {
    recall
        .proposed(round)
        .ifPresent(
            payload -> {
              clock.start(turn.nowMillis(), config.timing());
              offerOwn(payload);
              turn.step().broadcast(LayerCodec.encode(new LayerMessage.Payload(round, payload)));
            });
    for (var payload : recall.payloads(round)) {
      var digest = Payloads.digest(round, payload.proposer(), payload.payload());
      payloads.offer(payload.proposer(), payload.payload(), List.of(digest));
    }
    absorb(subset.resume(), null, 0, turn);
    recall
        .proposed(round)
        .ifPresent(payload -> absorb(subset.propose(digestOfOwn(payload)), null, 0, turn));
    recall.sent(round, Certification.SLOT).ifPresent(value -> castOwn(value, turn));
    clock.spoke(turn.nowMillis(), config.timing());
  }

  /** Says this member's proposal; everything that it names is held. */
  void propose(Bytes payload, Turn<B> turn) {
    clock.start(turn.nowMillis(), config.timing());
    offerOwn(payload);
    var own = payloads.get(digestOfOwn(payload)).orElseThrow();
    var isHeld = payloads.judge(own) && own.state() == Payloads.State.HELD;
    if (isHeld) {
      // Before the proposal: if the disk tears the batch, what is proposed again must be held.
      own.references().forEach(body -> bodies.write(round, body, rules, turn.step()));
    }
    turn.step().journal(new JournalRecord.Proposed(round, payload));
    turn.step().broadcast(LayerCodec.encode(new LayerMessage.Payload(round, payload)));
    absorb(subset.propose(own.digest()), null, 0, turn);
    if (isHeld) {
      hold(own, turn);
    }
    advance(turn);
  }

  /** Counts one vote of another member. */
  void handle(int member, Vote vote, Envelope envelope, int index, Turn<B> turn) {
    clock.received(envelope.messages().get(index).length());
    var from = new MemberIndex(member);
    switch (vote.slot().kind()) {
      case PROPOSE -> {
        if (proposalSeen[member] == 0 && vote.slot().instance() == member) {
          proposalSeen[member] = turn.nowMillis();
        }
        count(from, vote, envelope, index, turn);
      }
      case ECHO, READY, BVAL, AUX, CONF, COIN, TERM, BEACON ->
          count(from, vote, envelope, index, turn);
      case CERTIFY -> certify(from, vote, envelope, index, turn);
    }
  }

  private void count(MemberIndex from, Vote vote, Envelope envelope, int index, Turn<B> turn) {
    var slot = vote.slot();
    var tooFarAhead =
        slot.kind() != SlotKind.BEACON
            && agreementRound(slot)
                > subset.highestAgreementRound() + BinaryAgreement.FUTURE_ROUNDS_MAX;
    var step = subset.handle(from, vote);
    absorb(step, envelope, index, turn);
    if (!tooFarAhead
        && step.faults().stream()
            .noneMatch(fault -> fault.member().equals(from) && fault.slot().equals(slot))) {
      note(from, slot, envelope, index);
    }
  }

  private void note(MemberIndex from, Slot slot, Envelope envelope, int index) {
    log.note(from.value(), slot, envelope, index)
        .ifPresent(first -> unwritten.add(new JournalRecord.Heard(round, from.value(), first)));
  }

  private static int agreementRound(Slot slot) {
    return slot.kind() == SlotKind.BVAL ? slot.step() / 2 : slot.step();
  }

  /** Takes a payload from its proposer, or one that was pulled. */
  void offer(int proposer, Bytes payload, Turn<B> turn) {
    clock.received(payload.length());
    payloads.offer(proposer, payload, subset.wanted(new MemberIndex(proposer)).keySet());
  }

  /** Votes for whatever has become complete. */
  void advance(Turn<B> turn) {
    for (var entry : payloads.all()) {
      if (payloads.judge(entry)) {
        switch (entry.state()) {
          case HELD -> hold(entry, turn);
          case INVALID ->
              turn.step()
                  .blame(
                      new LayerFault(
                          entry.proposer(),
                          round,
                          LayerFault.Kind.INVALID_PAYLOAD,
                          entry.reason()));
          case UNJUDGED, IN_FORM -> throw new IllegalStateException("judged but not settled");
        }
      }
    }
  }

  private void hold(Payloads.Entry entry, Turn<B> turn) {
    if (entry.proposer() != self.value()) {
      turn.step().journal(new JournalRecord.Payload(round, entry.proposer(), entry.payload()));
    }
    for (var reference : entry.references()) {
      bodies.write(round, reference, rules, turn.step());
    }
    absorb(subset.held(new MemberIndex(entry.proposer()), entry.digest()), null, 0, turn);
  }

  /** Everything that the block is made from, once agreed. */
  Optional<BuildInput> buildInput(Hash previous) {
    return subset
        .agreed()
        .map(
            agreed -> {
              var proposals = new ArrayList<AgreedProposal>();
              agreed
                  .proposals()
                  .forEach(
                      (member, digest) ->
                          proposals.add(
                              new AgreedProposal(
                                  member.value(), payloads.get(digest).orElseThrow().payload())));
              return new BuildInput(round, previous, proposals, agreed.beacon());
            });
  }

  /** Puts this member's name under the block that it built. */
  void sign(Built.Ready<B> block, HeaderSigner signer, Turn<B> turn) {
    built = block;
    clock.built(turn.nowMillis());
    var vote =
        Certification.vote(block.hash(), signer.sign(Certificate.signedMessage(block.hash())));
    var before = sent.get(Certification.SLOT);
    if (before == null) {
      say(vote, turn);
      certification.cast(self, vote.value());
    } else if (!before.equals(vote.value())) {
      throw new IllegalStateException(
          "signed another header of round " + round + " before: " + before);
    }
  }

  /** Names those whose signature under what they sent is none, once each. */
  void blameForgers(Turn<B> turn) {
    for (var member : certification.takeForgers().members()) {
      blame(member.value(), LayerFault.Kind.INVALID_VOTE, "a header signature is none", turn);
    }
  }

  /** Counted votes, kept as possible evidence. */
  VoteLog log() {
    return log;
  }

  /** Notes a block that came with its certificate: nothing is left to sign. */
  void adopt(Built.Ready<B> block, Certification.Signed signed, Turn<B> turn) {
    built = block;
    clock.built(turn.nowMillis());
    certification.adopt(signed);
  }

  /** Everything said so far, once more, if it is time. */
  void resend(Turn<B> turn) {
    if (!sent.isEmpty() && clock.isResendDue(turn.nowMillis(), config.timing())) {
      sent.forEach(
          (slot, value) -> turn.step().broadcast(LayerCodec.encode(round, new Vote(slot, value))));
    }
  }

  /** Whether this member said {@code vote}, now or in an earlier life that the journal knows. */
  boolean isOwn(Vote vote) {
    var said = sent.get(vote.slot());
    return said != null && said.equals(vote.value());
  }

  /** Asks for what the round cannot do without. */
  void want(Pulls pulls, long nowMillis) {
    for (var proposer : roster.members()) {
      var need = new Pulls.Need(round, proposer.value());
      // What most members hold comes first: it may be the one that will be delivered.
      subset.wanted(proposer).entrySet().stream()
          .sorted(Comparator.comparingInt(wanted -> -wanted.getValue().size()))
          .forEach(
              wanted -> want(wanted.getKey(), need, others(wanted.getValue()), pulls, nowMillis));
    }
  }

  private void want(Hash digest, Pulls.Need need, MemberSet holders, Pulls pulls, long nowMillis) {
    var entry = payloads.get(digest);
    if (entry.isEmpty()) {
      pulls.want(new PullKey.OfPayload(digest), need, holders, nowMillis);
    } else if (entry.get().proposer() == need.proposer()) {
      for (var reference : entry.get().missing()) {
        pulls.want(new PullKey.OfBody(reference), need, holders, nowMillis);
      }
    }
  }

  private MemberSet others(MemberSet holders) {
    return holders.without(self);
  }

  /** How late each member's proposal came after this member's own. */
  List<Integer> lateness() {
    var lateness = new ArrayList<Integer>();
    for (var member : roster.members()) {
      var seen = member.equals(self) ? clock.startedMillis() : proposalSeen[member.value()];
      var late = seen == 0 ? Long.MAX_VALUE : Math.max(0, seen - clock.startedMillis());
      lateness.add((int) Math.min(ProposalContext.LATENESS_MAX_MILLIS, late));
    }
    return lateness;
  }

  RoundReport report(long certifiedMillis) {
    var agreed = subset.agreed().map(subset -> subset.proposals().size()).orElse(0);
    return clock.report(round, certifiedMillis, sent.size(), agreed);
  }

  private void certify(MemberIndex from, Vote vote, Envelope envelope, int index, Turn<B> turn) {
    if (!Certification.isWellFormed(vote)) {
      blame(from.value(), LayerFault.Kind.INVALID_VOTE, vote.slot() + " is malformed", turn);
      return;
    }
    switch (certification.cast(from, vote.value())) {
      case NEW -> note(from, vote.slot(), envelope, index);
      case REPEATED -> {}
      case CONFLICTING -> convict(from.value(), vote.slot(), envelope, index, turn);
    }
  }

  private void absorb(
      Step<AgreedSubset> step, @Nullable Envelope envelope, int index, Turn<B> turn) {
    for (var frozen : step.frozen()) {
      turn.step().journal(new JournalRecord.Froze(round, frozen));
    }
    for (var vote : step.votes()) {
      say(vote, turn);
    }
    for (var fault : step.faults()) {
      switch (fault) {
        case Fault.Equivocated(var member, var slot, _, _) -> {
          if (envelope != null && slotIs(envelope, index, slot)) {
            convict(member.value(), slot, envelope, index, turn);
          } else {
            blame(member.value(), LayerFault.Kind.EQUIVOCATED, slot.toString(), turn);
          }
        }
        case Fault.Invalid(var member, var slot, var reason) ->
            blame(member.value(), LayerFault.Kind.INVALID_VOTE, slot + " " + reason, turn);
      }
    }
  }

  /** A machine may come upon an older contradiction while it counts another vote. */
  private boolean slotIs(Envelope envelope, int index, Slot slot) {
    return LayerCodec.decode(envelope.messages().get(index))
        .filter(
            message ->
                message instanceof LayerMessage.Ballot(var of, var vote)
                    && of == round
                    && vote.slot().equals(slot))
        .isPresent();
  }

  private void convict(int member, Slot slot, Envelope envelope, int index, Turn<B> turn) {
    log.doubleVote(member, slot, envelope, index).ifPresent(rules::offerEvidence);
    blame(member, LayerFault.Kind.EQUIVOCATED, slot.toString(), turn);
  }

  private void blame(int member, LayerFault.Kind kind, String detail, Turn<B> turn) {
    turn.step().blame(new LayerFault(member, round, kind, detail));
  }

  /** Says a vote and journals it first; the same again is only said. */
  void say(Vote vote, Turn<B> turn) {
    var before = sent.putIfAbsent(vote.slot(), vote.value());
    if (before == null) {
      unwritten.forEach(turn.step()::journal);
      unwritten.clear();
      turn.step().journal(new JournalRecord.Sent(round, vote));
    } else if (!before.equals(vote.value())) {
      // Whatever led here, a second signed value would convict this member: it stops instead.
      throw new IllegalStateException(
          "said another value in " + vote.slot() + " of round " + round + " before");
    }
    turn.step().broadcast(LayerCodec.encode(round, vote));
    clock.spoke(turn.nowMillis(), config.timing());
  }

  private void castOwn(VoteValue value, Turn<B> turn) {
    say(new Vote(Certification.SLOT, value), turn);
    certification.cast(self, value);
  }

  /** Whatever is held in this member's name already, its own proposal has a place. */
  private void offerOwn(Bytes payload) {
    payloads.offer(self.value(), payload, List.of(digestOfOwn(payload)));
  }

  private Hash digestOfOwn(Bytes payload) {
    return Payloads.digest(round, self.value(), payload);
  }

  /** Whether {@code slot} is a member's word that it has started its round. */
  static boolean isStart(int member, Slot slot) {
    return slot.kind() == SlotKind.PROPOSE && slot.instance() == member;
  }
}
