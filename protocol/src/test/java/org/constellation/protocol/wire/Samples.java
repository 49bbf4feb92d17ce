package org.constellation.protocol.wire;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.merkle.MerklePath;
import org.constellation.protocol.merkle.StateProof;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.proof.BalanceProof;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.EvidenceProof;
import org.constellation.protocol.proof.ExclusionProof;
import org.constellation.protocol.proof.ShownEntry;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/**
 * Values of every type that travels, all drawn from one seed. Golden files hold what seed 1 gives:
 * draw new kinds of values last, or they change. Signatures and roots are random bytes.
 */
public final class Samples {

  private static final List<String> TEXTS = List.of("a", "Zoll", "für Brötchen", "✓ 😀", "x y");

  // Listed here, so that golden files stay as they are when there are more of them.
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.HELD,
          Outcome.SETTLED,
          Outcome.EXPIRED,
          Outcome.INSUFFICIENT_FUNDS,
          Outcome.NOT_NEXT,
          Outcome.FORK,
          Outcome.STALE_COUNTER);

  private static final List<Vote.Kind> KINDS =
      List.of(
          Vote.Kind.PROPOSE,
          Vote.Kind.ECHO,
          Vote.Kind.READY,
          Vote.Kind.BVAL,
          Vote.Kind.AUX,
          Vote.Kind.CONF,
          Vote.Kind.COIN,
          Vote.Kind.TERM,
          Vote.Kind.BEACON,
          Vote.Kind.CERTIFY);

  private final Random random;
  private final Hash network;

  public Samples(long seed) {
    this.random = new Random(seed);
    this.network = hash();
  }

  HalfBlock halfBlock() {
    return halfBlock(star(), 1 + natural() / 2, hash());
  }

  private HalfBlock halfBlock(StarId star, long sequence, Hash previous) {
    return ChainCodec.halfBlock(network, star, sequence, previous, body());
  }

  Body body() {
    return switch (random.nextInt(8)) {
      case 0 -> proposal();
      case 1 -> new Body.Agreement(hash());
      case 2 -> new Body.Refusal(hash());
      case 3 -> new Body.Cancellation(hash());
      case 4 -> new Body.AssetDefinition("Pt" + random.nextInt(100), text(), random.nextInt(19));
      case 5 -> new Body.ContractRegistration(text(), hash(), bytes(200));
      case 6 -> new Body.CompositionRegistration(text(), bytes(200));
      default -> new Body.KeyChange(key(), signature());
    };
  }

  Body.Proposal proposal() {
    return new Body.Proposal(
        star(),
        listOf(3, this::leg),
        natural(),
        random.nextBoolean()
            ? new Body.Memo(random.nextBoolean() ? "" : text())
            : new Body.ContractCall(text(), bytes(50)));
  }

  private Leg leg() {
    return new Leg(
        random.nextBoolean() ? Leg.Direction.GIVE : Leg.Direction.TAKE,
        random.nextBoolean() ? AssetId.NO0S : new AssetId(hash()),
        1 + natural() / 2);
  }

  public Segment segment() {
    var star = star();
    var sequence = 1 + natural() / 2;
    var run = new ArrayList<HalfBlock>();
    run.add(halfBlock(star, sequence, hash()));
    for (var more = random.nextInt(4); more > 0; more--) {
      run.add(halfBlock(star, ++sequence, run.getLast().id()));
    }
    return Segment.of(key(), run, signature());
  }

  public Notice notice() {
    var body = NoticeCodec.body(network, star(), natural(), payload());
    return NoticeCodec.signed(body, key(), signature()).toOptional().orElseThrow();
  }

  private Notice.Payload payload() {
    return switch (random.nextInt(7)) {
      case 0 -> new Notice.Join(List.of(0, 5, 1_000_000));
      case 1 -> new Notice.Relocation(natural(), List.of(random.nextInt(9)));
      case 2 -> new Notice.CheckIn(natural(), hash());
      case 3 ->
          new Notice.CandidateOffer(
              key(),
              signature(),
              AgreementProof.keyOf(hash().toBytes()),
              Bytes.copyOf(raw(AgreementProof.LENGTH)),
              key(),
              random.nextInt(-720, 841),
              random.nextInt(64),
              natural());
      case 4 -> new Notice.CandidateWithdrawal();
      case 5 -> new Notice.KeyPart(hash(), random.nextInt(9), bytes(2_000));
      default -> new Notice.KeyAck(hash(), random.nextInt(9), random.nextInt(9), bytes(300));
    };
  }

  Envelope envelope() {
    var header = envelopeHeader();
    return new Envelope(
        header, EnvelopeCodec.encodeHeader(header), listOf(5, () -> bytes(300)), signature());
  }

  private Envelope.Header envelopeHeader() {
    return new Envelope.Header(network, committee(), natural(), key(), natural(), natural());
  }

  private Committee committee() {
    return random.nextBoolean() ? Committee.GALAXY : Committee.ofCluster(random.nextInt(100));
  }

  public SignedMessage signedMessage() {
    var header = envelopeHeader();
    return new SignedMessage(
        header,
        EnvelopeCodec.encodeHeader(header),
        bytes(100),
        random.nextInt(8),
        8,
        listOf(3, this::hash),
        signature());
  }

  public Vote vote() {
    return new Vote(
        new Vote.Slot(
            natural(),
            random.nextInt(Vote.WHOLE_ROUND + 1),
            KINDS.get(random.nextInt(KINDS.size())),
            random.nextInt(100)),
        bytes(Vote.VALUE_BYTES_MAX));
  }

  public Evidence evidence() {
    return random.nextBoolean()
        ? new Evidence.Fork(segment(), segment())
        : new Evidence.DoubleVote(signedMessage(), signedMessage());
  }

  Evidence twoHeaders() {
    return new Evidence.TwoHeaders(certifiedHead(), certifiedHead());
  }

  private CertifiedHead certifiedHead() {
    return random.nextInt(3) > 0
        ? new CertifiedHead.OfCheckpoint(checkpointHeader(checkpointBody()), certificate())
        : new CertifiedHead.OfGalaxyBlock(galaxyHeader(), certificate());
  }

  public Certificate certificate() {
    var signatures = new ArrayList<Certificate.MemberSignature>();
    for (var member = random.nextInt(3); member < 7; member += 1 + random.nextInt(2)) {
      signatures.add(new Certificate.MemberSignature(member, signature()));
    }
    return new Certificate(signatures);
  }

  private MemberRecord memberRecord() {
    return new MemberRecord(
        random.nextBoolean(), random.nextInt(9_000), random.nextInt(3), random.nextInt(5_000));
  }

  CheckpointBody checkpointBody() {
    return new CheckpointBody(listOf(3, this::segment), listOf(2, this::evidence));
  }

  CheckpointHeader checkpointHeader(CheckpointBody body) {
    return CheckpointCodec.header(
        network,
        random.nextInt(100),
        natural(),
        natural(),
        hash(),
        natural(),
        body,
        listOf(7, this::memberRecord),
        natural());
  }

  public CertifiedCheckpoint certifiedCheckpoint() {
    var body = checkpointBody();
    return new CertifiedCheckpoint(checkpointHeader(body), certificate(), body);
  }

  EraPlan eraPlan(Committee committee, long era, int size) {
    var members = new ArrayList<CommitteeMember>();
    var shares = new ArrayList<Bytes>();
    var indexes = new ArrayList<Integer>();
    for (var i = 1; i <= size; i++) {
      members.add(new CommitteeMember(star(), key(), point()));
      shares.add(point());
      indexes.add(i);
    }
    members.sort(Comparator.comparing(CommitteeMember::operationalKey));
    var keys = new KeySet(hash(), (size - 1) / 3, point(), shares, indexes);
    return new EraPlan(committee, era, members, keys, era == 0 ? 0 : natural());
  }

  public TableVote tableVote() {
    return new TableVote(text(), natural(), hash(), hash());
  }

  Receipt receipt() {
    return new Receipt(
        hash(),
        OUTCOMES.get(random.nextInt(OUTCOMES.size())),
        random.nextBoolean() ? hash() : Hash.ZERO);
  }

  /** What nobody certified. */
  public CertifiedHeader certifiedHeader() {
    return new CertifiedHeader(galaxyHeader(), certificate());
  }

  GalaxyHeader galaxyHeader() {
    return galaxyHeader(
        new GalaxyContent(List.of(), List.of(), List.of(), List.of()), listOf(3, this::receipt));
  }

  private GalaxyHeader galaxyHeader(GalaxyContent content, List<Receipt> receipts) {
    return GalaxyCodec.header(
        network,
        natural(),
        natural(),
        hash(),
        GalaxyCodec.contentRoot(content),
        GalaxyCodec.receiptsRoot(receipts),
        hash(),
        listOf(
            3,
            () ->
                new MembershipChange(
                    star(),
                    random.nextBoolean()
                        ? MembershipChange.Kind.JOINED_POOL
                        : MembershipChange.Kind.LEFT_POOL)),
        random.nextBoolean() ? Mint.NONE : new Mint(natural(), hash()),
        listOf(2, () -> eraPlan(committee(), 1 + natural() / 2, 4)),
        listOf(2, this::tableVote),
        hash(),
        new LedgerTime(natural(), natural(), natural()),
        listOf(4, this::memberRecord),
        random.nextInt(9_000));
  }

  public GalaxyBlock galaxyBlock() {
    var content =
        new GalaxyContent(
            listOf(2, this::certifiedCheckpoint),
            listOf(2, this::notice),
            listOf(2, this::evidence),
            listOf(2, () -> new MemberTableVotes(random.nextInt(4), listOf(2, this::tableVote))));
    var receipts = listOf(5, this::receipt);
    return new GalaxyBlock(galaxyHeader(content, receipts), certificate(), content, receipts);
  }

  public BlockChunk blockChunk() {
    return new BlockChunk(natural(), hash(), 4, 5, Bytes.concatenation(listOf(3, this::hashBytes)));
  }

  Genesis genesis() {
    var stars =
        listOf(
            4,
            () ->
                new Genesis.GenesisStar(
                    star(), random.nextInt(2), natural() / 8, random.nextInt(3)));
    return GenesisCodec.genesis(
        "test" + random.nextInt(10),
        Genesis.Parameters.DEFAULT,
        eraPlan(Committee.GALAXY, 0, 4),
        List.of(eraPlan(Committee.ofCluster(0), 0, 4), eraPlan(Committee.ofCluster(1), 0, 5)),
        stars.stream().sorted(Comparator.comparing(Genesis.GenesisStar::star)).toList(),
        natural());
  }

  Genesis genesisWithBrokers() {
    var one = genesis();
    var number = random.nextInt(1_000);
    return GenesisCodec.genesis(
        one.name(),
        one.parameters(),
        one.galaxy(),
        one.clusters(),
        one.stars(),
        List.of(
            new Genesis.Broker("org-" + number, "kafka.example.org:" + (1 + number)),
            new Genesis.Broker("umai", "10.0.0.1:9092,[fd00::1]:9093")),
        one.timeMillis());
  }

  TransactionProof transactionProof() {
    return new TransactionProof(
        segment(),
        segment(),
        new MerklePath(random.nextInt(8), 8, listOf(3, this::hash)),
        certifiedHeader());
  }

  BalanceProof balanceProof() {
    return new BalanceProof(star(), new AssetId(hash()), shownEntry(), certifiedHeader());
  }

  ExclusionProof exclusionProof() {
    return new ExclusionProof(star(), shownEntry(), certifiedHeader());
  }

  EvidenceProof evidenceProof() {
    return new EvidenceProof(
        key(),
        random.nextBoolean() ? evidence() : twoHeaders(),
        new MerklePath(random.nextInt(8), 8, listOf(3, this::hash)),
        certifiedHeader());
  }

  private ShownEntry shownEntry() {
    return new ShownEntry(
        bytes(96), bytes(200), listOf(20, () -> new StateProof.Step(random.nextInt(768), hash())));
  }

  SnapshotCodec.Head snapshotHead() {
    return new SnapshotCodec.Head(certifiedHeader(), random.nextInt(1_000_000));
  }

  List<LedgerState.Entry> snapshotPart() {
    return listOf(9, () -> new LedgerState.Entry(bytes(96), bytes(400)));
  }

  /** Between 1 and {@code max} of them. */
  public <T> List<T> listOf(int max, Supplier<T> element) {
    var list = new ArrayList<T>();
    for (var left = 1 + random.nextInt(max); left > 0; left--) {
      list.add(element.get());
    }
    return List.copyOf(list);
  }

  /** From 0 to less than {@code bound}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Of any size up to 63 bits, small ones as often as large ones. */
  public long natural() {
    return random.nextLong() >>> (1 + random.nextInt(63));
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  public Bytes bytes(int max) {
    return Bytes.copyOf(raw(random.nextInt(max + 1)));
  }

  private Bytes hashBytes() {
    return Bytes.copyOf(raw(Hash.LENGTH));
  }

  private Bytes point() {
    return Bytes.copyOf(raw(33));
  }

  public Hash hash() {
    return Hash.of(raw(Hash.LENGTH));
  }

  /** Of whoever. */
  public PublicKey key() {
    return PublicKey.of(raw(PublicKey.LENGTH));
  }

  public StarId star() {
    return new StarId(key());
  }

  private Signature signature() {
    return Signature.of(raw(Signature.LENGTH));
  }

  private byte[] raw(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
