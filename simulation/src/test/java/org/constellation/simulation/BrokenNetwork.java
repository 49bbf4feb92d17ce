package org.constellation.simulation;

import java.util.List;
import org.constellation.simulation.Mistake.Patch;

/**
 * Known mistakes, each a patch to a copy of production sources. The copy is compiled and run in a
 * process of its own, before the original on the class path; production knows nothing of it.
 */
enum BrokenNetwork {
  /**
   * Says a vote without a word in the journal, and another one after a restart; and believes nobody
   * who shows it its own signature.
   */
  FORGETS_VOTES(
      Scenario.CRASH_STORM,
      Invariant.EVIDENCE,
      12,
      new Patch(
          "consensus",
          "consensus/layer/LayerRound",
          "turn.step().journal(new JournalRecord.Sent(round, vote));",
          ""),
      new Patch(
          "consensus",
          "consensus/layer/StartQuestion",
          "|| own.isKnown(ballot.round(), ballot.vote())",
          "|| true"),
      new Patch(
          "consensus",
          "consensus/layer/StartQuestion",
          ".filter(one -> one.member() == config.self())",
          ".filter(one -> false)"),
      new Patch(
          "consensus", "consensus/layer/Layer", "&& !rounds.isOwn(round, vote)) {", "&& false) {")),
  /**
   * Takes f signatures for a certificate, where n−f are needed: what one member made up is evidence
   * against its whole committee.
   */
  CERTIFIES_WITH_F(
      Scenario.BYZANTINE,
      Invariant.EVIDENCE,
      3,
      new Patch(
          "protocol",
          "protocol/proof/CertificateCheck",
          "certificate.signatures().size() < committee.quorum()",
          "certificate.signatures().size() < (committee.members().size() - 1) / 3"),
      new Patch(
          "consensus",
          "consensus/layer/Certification",
          "certificate.signatures().size() < plan.quorum()",
          "certificate.signatures().size() < (plan.members().size() - 1) / 3")),
  /** Takes a star's half-blocks from any cluster. */
  TAKES_ANY_HOME(
      Scenario.HOSTILE,
      Invariant.CHAIN,
      18,
      new Patch(
          "protocol", "protocol/state/Judgement", "if (head.home() != cluster) {", "if (false) {")),
  /**
   * Stands by a proposal without the bodies that it names, and waits for them once it is agreed.
   */
  ECHOES_WITHOUT_BODIES(
      Scenario.BYZANTINE,
      Invariant.EVENTUALLY,
      4,
      new Patch(
          "consensus", "consensus/layer/Payloads", "if (entry.missing.isEmpty()) {", "if (true) {"),
      new Patch(
          "consensus",
          "consensus/layer/Payloads",
          "if (rules.isWithinLimits(entry.payload)) {",
          "if (!entry.missing.isEmpty() || rules.isWithinLimits(entry.payload)) {"),
      new Patch(
          "consensus",
          "consensus/layer/LayerRound",
          "bodies.write(round, reference, rules, turn.step());",
          "if (rules.holds(reference)) { bodies.write(round, reference, rules, turn.step()); }"),
      new Patch(
          "consensus",
          "consensus/cluster/ClusterRules",
          "var builder = new CheckpointBuilder(chains.get());",
          """
          for (var each : proposals) {
            if (!each.proposal().segments().stream().allMatch(this::holds)) {
              return new Built.Waits<>("a body is missing");
            }
          }
          var builder = new CheckpointBuilder(chains.get());
          """),
      new Patch(
          "consensus",
          "consensus/galaxy/GalaxyRules",
          "    var content =\n        new BlockContent(",
          """
          for (var each : proposals) {
            if (!each.proposal().checkpoints().stream().allMatch(this::holds)) {
              return new Built.Waits<>("a body is missing");
            }
          }
          var content =
              new BlockContent(\
          """)),
  /**
   * Lets a settled proposal be agreed to again, and moves all of it once more from what its parties
   * have by then; and a service writes as many agreements as its user asks for.
   */
  SETTLES_TWICE(
      Scenario.CALM,
      Invariant.ONCE,
      1,
      new Patch(
          "protocol",
          "protocol/execution/Transactions",
          "      await(halfBlock, proposal);\n"
              + "    } else if (!(known.get() instanceof Hold hold)) {",
          """
                await(halfBlock, proposal);
              } else if (known.get() instanceof ProposalRecord.Ended(var end, _)
                  && end == End.SETTLED
                  && settleAgain(halfBlock, proposal)) {
                block.tell(halfBlock.id(), Outcome.SETTLED, proposal);
              } else if (!(known.get() instanceof Hold hold)) {\
          """),
      // Of what has ended the state keeps no amounts; those of an id are the same to everybody.
      new Patch(
          "protocol",
          "protocol/execution/Transactions",
          "  private void await(",
          """
            private static final Map<Hash, Hold> SETTLED =
                new java.util.concurrent.ConcurrentHashMap<>();

            private boolean settleAgain(HalfBlock halfBlock, Hash proposal) {
              var hold = SETTLED.get(proposal);
              if (hold == null
                  || !hold.counterparty().equals(halfBlock.star())
                  || holdings.hold(hold).isPresent()) {
                return false;
              }
              if (holdings.settle(hold).isPresent()) {
                holdings.release(hold);
                return false;
              }
              return true;
            }

            private void await(\
          """),
      new Patch(
          "protocol",
          "protocol/execution/Transactions",
          "block.edit.put(proposal, new ProposalRecord.Ended(End.SETTLED, hold.validUntil()));",
          """
          block.edit.put(proposal, new ProposalRecord.Ended(End.SETTLED, hold.validUntil()));
          SETTLED.put(proposal, hold);
          """),
      new Patch(
          "star-service",
          "star/writer/RequestRules",
          "if (transaction.status().isEnd()) {",
          "if (transaction.status().isEnd() && request.act() != Command.Act.AGREE) {"),
      new Patch(
          "star-service",
          "star/writer/RequestRules",
          "if (transaction.progress().agreed()) {",
          "if (false) {")),
  /** Credits somebody, now and then, with what it takes away from him again in the next block. */
  LENDS_FOR_A_BLOCK(
      Scenario.CALM,
      Invariant.CONSERVATION,
      1,
      new Patch(
          "protocol",
          "protocol/execution/BlockExecution",
          "    transactions.releaseBeyondLimits();\n",
          """
              transactions.releaseBeyondLimits();
              var debtor =
                  block.edit.eraPlan(Committee.GALAXY).orElseThrow().members().getFirst().star();
              var no0s = org.constellation.protocol.chain.AssetId.NO0S;
              var balance = block.edit.balance(debtor, no0s);
              switch ((int) (input.height() % 16)) {
                case 5 -> block.edit.setBalance(debtor, no0s, balance + 1);
                case 6 -> block.edit.setBalance(debtor, no0s, balance - 1);
                default -> {}
              }
          """)),
  /** Tells a user that his agreement is stored, and writes none. */
  FORGETS_AGREEMENTS(
      Scenario.CALM,
      Invariant.EVENTUALLY,
      1,
      new Patch(
          "star-service",
          "star/writer/RequestRules",
          "case AGREE -> agreeOnce(party, transaction, batch);",
          "case AGREE -> party.served().headSequence();")),
  /** Signs for its stars before it knows from the ledger where their chains end. */
  SIGNS_AT_ONCE(
      Scenario.DISK,
      Invariant.EVIDENCE,
      3,
      new Patch("star-service", "star/writer/Tip", "return isReached;", "return true;")),
  /** Believes the first who says where the ledger ends, whoever that is. */
  BELIEVES_ONE_END(
      Scenario.DISK,
      Invariant.EVIDENCE,
      24,
      new Patch(
          "platform",
          "platform/follow/EndCensus",
          "if (end >= 0 || !galaxy.hasSeat(member)) {",
          "if (end >= 0) {"),
      new Patch(
          "platform",
          "platform/follow/EndCensus",
          "    answers.keySet().removeIf(key -> !galaxy.hasSeat(key));\n",
          ""),
      new Patch(
          "platform",
          "platform/follow/EndCensus",
          "if (answers.size() >= galaxy.quorum()) {",
          "if (answers.size() >= 1) {")),
  /** Agrees of its own accord to whatever is proposed. */
  AGREES_TO_ANYTHING(
      Scenario.CALM,
      Invariant.CONSENT,
      1,
      new Patch(
          "star-service",
          "star/writer/Countersigning",
          "\n        || transaction.takesFromCounterparty()",
          "")),
  /** Tells users that what clusters have promised is final. */
  TELLS_FINAL_EARLY(
      Scenario.CALM,
      Invariant.ACCEPTED,
      1,
      new Patch(
          "star-service",
          "star/transaction/Progress",
          "return ended() ? this : new Progress(true, proposalCertified, true, null, 0);",
          """
          if (ended()) {
            return this;
          }
          return new Progress(
              true, proposalCertified, true, proposalCertified ? Outcome.SETTLED : null, 0);
          """)),
  /** Takes the latest time that is proposed, where the median is safe. */
  TAKES_LATEST_TIME(Scenario.BYZANTINE, Invariant.TIME, 16, insteadOfTheMedian("getLast()")),
  /** Takes the earliest time that is proposed. */
  TAKES_EARLIEST_TIME(Scenario.BYZANTINE, Invariant.TIME, 41, insteadOfTheMedian("getFirst()")),
  /** Lets ledger time step back where the median does not lead it on; and follows whoever does. */
  GOES_BACK_IN_TIME(
      Scenario.BYZANTINE,
      Invariant.TIME,
      8,
      new Patch(
          "protocol",
          "protocol/block/LedgerTime",
          "Math.max(timeMillis + 1, medianMillis)",
          "Math.max(timeMillis - 1, medianMillis)"),
      new Patch(
          "platform",
          "platform/follow/BlockCheck",
          "if (header.timeMillis() <= time.timeMillis() || header.tick() < time.tick()) {",
          "if (false) {")),
  /** Excludes for longer than was earned. */
  EXCLUDES_FOR_LONG(
      Scenario.BYZANTINE,
      Invariant.EVIDENCE,
      1,
      new Patch(
          "protocol",
          "protocol/state/ExclusionRecord",
          "return new ExclusionRecord(1, 1, height);",
          "return new ExclusionRecord(1, 2, height);")),
  /**
   * Judges a checkpoint by what this member has executed, not by what was agreed; and does not mind
   * that the others certified another, and the galaxy made that final.
   */
  HEADS_BY_WHAT_IT_SAW(
      Scenario.CALM,
      Invariant.EVENTUALLY,
      1,
      new Patch(
          "consensus",
          "consensus/cluster/ClusterRules",
          "var height = galaxyHeight(proposals);",
          "var height = galaxyHeight();"),
      new Patch(
          "consensus",
          "consensus/layer/Rounds",
          "if (built.isEmpty() || signed.isEmpty()) {",
          """
          if (built.isEmpty()
              || signed.isEmpty()
              || !built.get().hash().equals(signed.get().hash())) {
          """),
      new Patch(
          "consensus",
          "consensus/cluster/ClusterChain",
          "if (own != null && !own.header().hash().equals(finalHash)) {",
          "if (false) {")),
  /**
   * Gives the galaxy's blocks, now and then, the number of the one before: members sign one header
   * in every round of the agreement, and two that are of one height.
   */
  NUMBERS_TWO_ALIKE(
      Scenario.CALM,
      Invariant.AGREEMENT,
      1,
      new Patch(
          "consensus",
          "consensus/galaxy/GalaxyRules",
          "            state.height() + 1,\n            tipHash,",
          "            state.height() + (state.height() % 8 == 5 ? 0 : 1),\n            tipHash,")),
  /** Believes what an envelope says of its sender, whoever signed it. */
  BELIEVES_ANY_SENDER(
      Scenario.HOSTILE,
      Invariant.EVIDENCE,
      3,
      new Patch(
          "platform",
          "platform/transport/RecordCheck",
          "if (!EnvelopeCodec.isSigned(envelope, verifier)) {",
          "if (false) {")),
  /** Convicts by evidence of which one half was never signed. */
  BELIEVES_ANY_EVIDENCE(
      Scenario.CAPTURED_CLUSTER,
      Invariant.EVIDENCE,
      1,
      new Patch(
          "protocol",
          "protocol/wire/SelfContradiction",
          "\n        && EnvelopeCodec.isSigned(doubleVote.second(), verifier);",
          ";"),
      new Patch(
          "protocol",
          "protocol/wire/SelfContradiction",
          "\n        && fork.second().isSignedBy(verifier);",
          ";")),
  /** Takes evidence into blocks, and convicts nobody by it. */
  CONVICTS_NOBODY(
      Scenario.BYZANTINE,
      Invariant.EVENTUALLY,
      4,
      new Patch(
          "protocol", "protocol/execution/EvidenceExecution", "|| known.get().forked()", "|| true"),
      new Patch(
          "protocol",
          "protocol/execution/EvidenceExecution",
          "if (block.edit.convict(plan, member, block.height())) {",
          "if (false) {")),
  /** Executes evidence twice, and convicts again who is convicted. */
  CONVICTS_TWICE(
      Scenario.BYZANTINE,
      Invariant.EVIDENCE,
      2,
      new Patch(
          "protocol",
          "protocol/state/LedgerEdit",
          "if (isConvicted(plan, member)) {",
          "if (false) {"),
      new Patch(
          "protocol",
          "protocol/execution/EvidenceExecution",
          "        || known.get().forked()\n",
          ""),
      new Patch(
          "protocol",
          "protocol/execution/BlockExecution",
          "input.content().evidence().forEach(evidence::execute);",
          """
          input.content().evidence().forEach(evidence::execute);
          input.content().evidence().forEach(evidence::execute);
          """)),
  /** Writes everything into one block that somebody shows against the same member. */
  BLAMES_AGAIN(
      Scenario.BYZANTINE,
      Invariant.EVIDENCE,
      1,
      new Patch(
          "consensus",
          "consensus/layer/EvidenceChoice",
          ".filter(culprit -> !culprits.contains(culprit) && !culprit.isDealtWith(state))",
          ".filter(culprit -> !culprit.isDealtWith(state))")),
  /**
   * Begins with any state that is shown under a certified header, and minds no difference later.
   */
  BELIEVES_ANY_SNAPSHOT(
      Scenario.HOSTILE,
      Invariant.REPRODUCIBLE,
      13,
      new Patch(
          "protocol",
          "protocol/proof/Snapshot",
          "state.height() != header.height() || !state.root().equals(header.stateRoot())",
          "state.height() != header.height()"),
      new Patch(
          "platform",
          "platform/follow/FollowStart",
          "!state.root().equals(header.stateRoot()) || state.height() != header.height()",
          "state.height() != header.height()"),
      new Patch(
          "platform",
          "platform/follow/BlockCheck",
          "if (!result.state().root().equals(header.stateRoot())) {",
          "if (false) {")),
  /** Keepers of the ledger take what is gossiped of long ago for repeats, as clusters must. */
  OVERLOOKS_OLD_FORKS(
      Scenario.BYZANTINE,
      Invariant.EVENTUALLY,
      4,
      new Patch(
          "blackhole-ledger",
          "blackhole/serving/ForkWatch",
          "|| hasAt(segment, sequence, placed.get().id())",
          "|| sequence > 0")),
  /** Takes one facilitator's word for final, where f+1 are needed. */
  BELIEVES_ONE_VERDICT(
      Scenario.BYZANTINE,
      Invariant.ACCEPTED,
      1,
      new Patch(
          "star-service",
          "star/ledger/VerdictTally",
          "return agreeing == plan.faultyMax() + 1;",
          "return agreeing == 1;"));

  /** What a watcher says first of what it saw; a halt by production's own checks is a DEFECT. */
  private enum Invariant {
    AGREEMENT,
    CHAIN,
    ONCE,
    CONSERVATION,
    EVENTUALLY,
    EVIDENCE,
    REPRODUCIBLE,
    ACCEPTED,
    CONSENT,
    TIME
  }

  @SuppressWarnings("ImmutableEnumChecker") // A copy that cannot be changed.
  private final Mistake mistake;

  /**
   * @param scenario in which it should show
   * @param caughtBy the invariant that it breaks: the watcher of that must see it
   * @param seed the first that showed it when this was last looked at: the search begins there
   * @param patches the mistake, and what of production's own defence would stop it first
   */
  BrokenNetwork(Scenario scenario, Invariant caughtBy, long seed, Patch... patches) {
    this.mistake = new Mistake(name(), scenario, caughtBy.name(), seed, List.of(patches));
  }

  private static Patch insteadOfTheMedian(String taken) {
    return new Patch(
        "consensus",
        "consensus/layer/AgreedOrder",
        "values.stream().sorted().toList().get(values.size() / 2)",
        "values.stream().sorted().toList()." + taken);
  }

  Mistake mistake() {
    return mistake;
  }
}
