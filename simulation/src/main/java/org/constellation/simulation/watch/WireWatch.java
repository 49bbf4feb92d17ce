package org.constellation.simulation.watch;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.proto.LayerMessages;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.VoteCodec;
import org.constellation.simulation.Tally;
import org.constellation.simulation.broker.Published;

/** Reads everything that is published, and has the other watchers look at it. */
public final class WireWatch {

  private static final int FIRST_BYTE_OF_NO_VOTE = 0x80;

  /** The rounds of a binary agreement before have known coins, so that nobody tosses one. */
  private static final int FIRST_TOSS = 2;

  private final Map<String, Topic> topics = new TreeMap<>();
  private final Map<PublicKey, Committee> seats = new TreeMap<>();
  private final Map<PublicKey, TreeSet<String>> signers = new TreeMap<>();
  private final Map<PublicKey, Long> signed = new TreeMap<>();
  private final Map<String, BlockAssembly> assemblies = new TreeMap<>();
  // Only looked up in.
  private final Set<Bytes> certified = new HashSet<>();
  private final AgreementWatch agreement;
  private final VoteWatch votes;
  private final LedgerWatch ledger;
  private final SignatureVerifier verifier;
  private final Guilty guilty;
  private final Violations violations;
  private final Tally tally;
  private final Topic blackholeSync;

  /** Watches a network from its beginning. */
  public WireWatch(
      Genesis genesis,
      Topics topics,
      SignatureVerifier verifier,
      Clocks clocks,
      Guilty guilty,
      Violations violations,
      Tally tally) {
    var plans = new ArrayList<EraPlan>(genesis.clusters());
    plans.add(genesis.galaxy());
    this.agreement = new AgreementWatch(plans, verifier, guilty, violations);
    this.votes = new VoteWatch(guilty, violations, tally);
    this.ledger = new LedgerWatch(genesis, verifier, clocks, guilty, violations, tally);
    this.verifier = verifier;
    this.guilty = guilty;
    this.violations = violations;
    this.tally = tally;
    this.blackholeSync = topics.blackholeSync();
    for (var plan : plans) {
      plan.members().forEach(member -> seats.put(member.operationalKey(), plan.committee()));
    }
    var clusters = genesis.clusters().stream().map(plan -> plan.committee().cluster()).toList();
    topics.all(clusters).forEach(topic -> this.topics.put(topic.name(), topic));
  }

  /** What is certified. */
  public AgreementWatch agreement() {
    return agreement;
  }

  /** What the ledger holds. */
  public LedgerWatch ledger() {
    return ledger;
  }

  /** Looks at a record, at the moment when it is published. */
  public void published(Published record) {
    var topic = topics.get(record.topic());
    if (topic == null) {
      return;
    }
    var envelope = record.envelope();
    if (envelope.isEmpty()) {
      return;
    }
    for (var message : envelope.get().messages()) {
      switch (topic.purpose()) {
        case CONSENSUS -> said(record, envelope.get(), message);
        case SYNC -> {
          if (topic.equals(blackholeSync)) {
            pulled(record, envelope.get(), message);
          } else {
            said(record, envelope.get(), message);
          }
        }
        case CHECKPOINTS, BLOCKS ->
            BlockChunks.decode(message)
                .toOptional()
                .ifPresent(chunk -> chunk(record, envelope.get(), topic.purpose(), chunk));
        case VERDICTS -> {
          if (!isGuilty(envelope.get().header()) && isSigned(record, envelope.get())) {
            VerdictFormat.decode(message)
                .ifPresent(verdict -> tally.transition("verdict " + verdict.reason()));
          }
        }
        case GOSSIP, INBOX, NOTICES, TABLES -> {}
      }
    }
  }

  private boolean isGuilty(Envelope.Header header) {
    return guilty.isMember(header.sender()) || guilty.isCaptured(header.committee());
  }

  /** Who signed the first that it sent from some place signs all; of a pretender nothing counts. */
  private boolean isSigned(Published record, Envelope envelope) {
    var places = signers.computeIfAbsent(envelope.header().sender(), _ -> new TreeSet<>());
    if (places.contains(record.from())) {
      return true;
    }
    var isSigned = EnvelopeCodec.isSigned(envelope, verifier);
    if (isSigned) {
      places.add(record.from());
    }
    return isSigned;
  }

  private void said(Published record, Envelope envelope, Bytes message) {
    var header = envelope.header();
    var committee = seats.get(header.sender());
    if (committee == null
        || !committee.equals(header.committee())
        || message.length() == 0
        || !isSigned(record, envelope)) {
      return;
    }
    if ((message.toArray()[0] & 0xff) < FIRST_BYTE_OF_NO_VOTE) {
      VoteCodec.decode(message).toOptional().ifPresent(vote -> voted(header.sender(), vote));
      return;
    }
    try {
      said(header, LayerMessages.LayerMessage.parseFrom(message.toArray()));
    } catch (InvalidProtocolBufferException e) {
      tally.transition("message of garbage");
    }
  }

  private void voted(PublicKey sender, Vote vote) {
    var kind = vote.slot().kind();
    if (!guilty.isMember(sender)) {
      tally.transition("vote " + kind + (isAgain(vote.slot()) ? " again" : ""));
    }
    var committee = seats.get(sender);
    if (kind == Vote.Kind.CERTIFY && committee != null) {
      certifies(committee, sender, vote.slot().round());
    }
    votes.voted(sender, vote);
  }

  /**
   * Whether it belongs to a step of a binary agreement that its committee has been through before.
   */
  private static boolean isAgain(Vote.Slot slot) {
    return switch (slot.kind()) {
      case BVAL -> slot.step() > 1;
      case AUX -> slot.step() > 0;
      case CONF, COIN -> slot.step() > FIRST_TOSS;
      case PROPOSE, ECHO, READY, TERM, BEACON, CERTIFY -> false;
    };
  }

  private void certifies(Committee committee, PublicKey sender, long round) {
    var isCorrect = !guilty.isMember(sender);
    if (isCorrect) {
      agreement.signed(committee, round);
    }
    if (committee.equals(Committee.GALAXY)) {
      signed.merge(sender, round, Math::max);
      if (isCorrect) {
        ledger.signed(round);
      }
    }
  }

  private void said(Envelope.Header header, LayerMessages.LayerMessage message) {
    switch (message.getKindCase()) {
      case PAYLOAD -> {
        tally.transition("payload");
        votes.proposed(
            header.sender(),
            message.getPayload().getRound(),
            message.getPayload().getPayload().toByteArray());
      }
      case PULL ->
          message
              .getPull()
              .getItemsList()
              .forEach(item -> tally.transition("pull of " + item.getThing()));
      case PARTS ->
          message
              .getParts()
              .getPartsList()
              .forEach(part -> tally.transition("answer with " + part.getThing()));
      case CERTIFIED -> {
        tally.transition("certificate shown");
        certificateShown(header.committee(), message.getCertified());
      }
      case QUESTION -> tally.transition("question after a start");
      case ANSWER -> tally.transition("answer to a question");
      case KIND_NOT_SET -> {}
    }
  }

  /** Its number is the sender's word: only a block's header says which round it ends. */
  private void certificateShown(Committee committee, LayerMessages.CertificateNotice notice) {
    try {
      var signatures =
          notice.getSignaturesList().stream()
              .map(
                  one ->
                      new Certificate.MemberSignature(
                          one.getMember(), Signature.of(one.getSignature().toByteArray())))
              .toList();
      agreement.shown(
          committee, Hash.of(notice.getHash().toByteArray()), new Certificate(signatures));
    } catch (IllegalArgumentException e) {
      tally.transition("certificate of garbage");
    }
  }

  /**
   * A block whose members lost power before they handed it out is known to nobody but them; whoever
   * lacks it pulls it.
   */
  private void pulled(Published record, Envelope envelope, Bytes message) {
    LedgerMessage.decode(message)
        .ifPresent(
            said -> {
              switch (said) {
                case LedgerMessage.Chunk(var chunk) ->
                    chunk(record, envelope, Purpose.BLOCKS, chunk);
                case LedgerMessage.EndAnswer(_, var end) -> ended(record, envelope, end.height());
                default -> {}
              }
            });
  }

  /**
   * Where a correct member says that the ledger ends, it has signed few blocks beyond: else a
   * star-service whose database is old signs too early, and forks an honest star.
   */
  private void ended(Published record, Envelope envelope, long height) {
    var sender = envelope.header().sender();
    var own = signed.getOrDefault(sender, 0L);
    if (height < own - LayerLimits.UNCERTIFIED_MAX
        && !guilty.mayBeSilent(sender)
        && isSigned(record, envelope)) {
      violations.found(
          "EVIDENCE", "%s signed block %d and has the end at %d".formatted(sender, own, height));
    }
  }

  private void chunk(Published record, Envelope envelope, Purpose purpose, BlockChunk chunk) {
    var encoded =
        chunk.total() == 1
            ? Optional.of(chunk.bytes())
            : assemblies
                .computeIfAbsent(record.from() + " " + record.topic(), _ -> new BlockAssembly())
                .add(chunk);
    encoded
        .filter(block -> isUncertified(purpose, block))
        .ifPresent(block -> uncertified(record, envelope, purpose));
  }

  /** Of members only: a keeper that lies has no seat, and is no member that is guilty either. */
  private void uncertified(Published record, Envelope envelope, Purpose purpose) {
    var header = envelope.header();
    if (seats.containsKey(header.sender()) && !isGuilty(header) && isSigned(record, envelope)) {
      agreement.uncertified(header.sender(), "one of its " + purpose);
    }
  }

  /** Whether it is a checkpoint or block, and is none that is certified. */
  private boolean isUncertified(Purpose purpose, Bytes encoded) {
    tally.transition(
        purpose == Purpose.CHECKPOINTS ? "checkpoint handed up" : "galaxy block handed out");
    // Each block is sent many times.
    if (certified.contains(encoded)) {
      return false;
    }
    var isShown =
        purpose == Purpose.CHECKPOINTS
            ? CheckpointCodec.decode(encoded).toOptional().map(this::shown)
            : GalaxyCodec.decode(encoded).toOptional().map(this::shown);
    if (isShown.equals(Optional.of(true))) {
      certified.add(encoded);
    }
    return isShown.equals(Optional.of(false));
  }

  private boolean shown(GalaxyBlock block) {
    var header = block.header();
    if (!agreement.shown(Committee.GALAXY, header.height(), header.hash(), block.certificate())) {
      return false;
    }
    var isWhole = true;
    for (var checkpoint : block.content().checkpoints()) {
      isWhole &= shown(checkpoint);
    }
    ledger.certified(block);
    return isWhole;
  }

  private boolean shown(CertifiedCheckpoint checkpoint) {
    var header = checkpoint.header();
    var isShown =
        agreement.shown(
            Committee.ofCluster(header.cluster()),
            header.round(),
            header.hash(),
            checkpoint.certificate());
    if (isShown) {
      ledger.certified(checkpoint);
    }
    return isShown;
  }
}
