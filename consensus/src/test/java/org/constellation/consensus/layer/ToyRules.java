package org.constellation.consensus.layer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.wire.CertificateCodec;

/** The least that a layer can agree about: a chain of sets of small words, which are the bodies. */
class ToyRules implements LayerRules<ToyRules.Block> {

  private static final int WORDS_PER_PAYLOAD_MAX = 8;

  private final Map<Hash, Bytes> words = new LinkedHashMap<>();
  private final Set<Hash> waiting = new LinkedHashSet<>();
  private final Set<Hash> included = new LinkedHashSet<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private Tip tip = new Tip(0, Hash.ZERO);
  private long released;

  /** A block: what the words' hashes are, after what. */
  record Block(long round, Hash previous, Hash beacon, List<Hash> words) {
    Bytes header() {
      var bytes = ByteBuffer.allocate(8 + 64 + 32 * words.size());
      bytes.putLong(round).put(previous.toBytes()).put(beacon.toBytes());
      words.forEach(word -> bytes.put(word.toBytes()));
      return Bytes.copyOf(bytes.array());
    }

    Hash hash() {
      return Hashing.hash("TEST-TOY-BLOCK", header().toArray());
    }
  }

  static Hash referenceOf(Bytes word) {
    return Hashing.hash("TEST-TOY-WORD", word.toArray());
  }

  /** Puts a word into the pool. */
  void add(Bytes word) {
    takeBody(referenceOf(word), word);
  }

  boolean isIncluded(Bytes word) {
    return isIncluded(referenceOf(word));
  }

  boolean isIncluded(Hash reference) {
    return included.contains(reference);
  }

  /** Whether a word stands in a block, or was lost with the memory of those that had it. */
  boolean isKnown(Bytes word) {
    return !waiting.contains(referenceOf(word));
  }

  Collection<Bytes> heldWords() {
    return words.values();
  }

  List<Evidence> evidence() {
    return evidence;
  }

  @Override
  public Tip tip() {
    return tip;
  }

  @Override
  public boolean hasWork() {
    return !waiting.isEmpty();
  }

  @Override
  public boolean mayStart(long round) {
    return true;
  }

  @Override
  public Bytes propose(ProposalContext context) {
    return payload(context.previousHash(), waiting.stream().limit(WORDS_PER_PAYLOAD_MAX).toList());
  }

  static Bytes payload(Hash previous, List<Hash> references) {
    var bytes = ByteBuffer.allocate(32 + 32 * references.size());
    bytes.put(previous.toBytes());
    references.forEach(reference -> bytes.put(reference.toBytes()));
    return Bytes.copyOf(bytes.array());
  }

  @Override
  public Examined examine(Bytes payload) {
    if (payload.length() < 32 || payload.length() % 32 != 0) {
      return new Examined.Invalid("no list of hashes");
    }
    return new Examined.Valid(hashes(payload).subList(1, payload.length() / 32));
  }

  /** What a payload consists of: the block that it follows, then the words. */
  static List<Hash> hashes(Bytes payload) {
    var hashes = new ArrayList<Hash>();
    var bytes = ByteBuffer.wrap(payload.toArray());
    while (bytes.hasRemaining()) {
      var hash = new byte[32];
      bytes.get(hash);
      hashes.add(Hash.of(hash));
    }
    return hashes;
  }

  @Override
  public boolean isWithinLimits(Bytes payload) {
    return hashes(payload).size() <= WORDS_PER_PAYLOAD_MAX + 1;
  }

  @Override
  public boolean holds(Hash reference) {
    return words.containsKey(reference);
  }

  @Override
  public BodySize sizeOf(Hash reference) {
    return new BodySize(1, body(reference).orElseThrow().length());
  }

  @Override
  public boolean takeBody(Hash reference, Bytes body) {
    if (!referenceOf(body).equals(reference)) {
      return false;
    }
    words.put(reference, body);
    if (!included.contains(reference)) {
      waiting.add(reference);
    }
    return true;
  }

  @Override
  public Optional<Bytes> body(Hash reference) {
    return Optional.ofNullable(words.get(reference));
  }

  @Override
  public void offerEvidence(Evidence found) {
    evidence.add(found);
  }

  /** Toy headers are none that a ledger knows. */
  @Override
  public Optional<CertifiedHead> head(CertifiedBlock<Block> block) {
    return Optional.empty();
  }

  @Override
  public Built<Block> build(BuildInput input) {
    var placed = new LinkedHashSet<Hash>();
    for (var agreed : input.agreed()) {
      var hashes = hashes(agreed.payload());
      if (hashes.getFirst().equals(input.previous())) {
        hashes.stream().skip(1).filter(hash -> !included.contains(hash)).forEach(placed::add);
      }
    }
    var block = new Block(input.round(), input.previous(), input.beacon(), new ArrayList<>(placed));
    return new Built.Ready<>(block.header(), block.hash(), block);
  }

  @Override
  public Built<Block> check(CertifiedBlock<Block> block) {
    if (!block.block().previous().equals(tip.hash())) {
      return new Built.Refused<>("does not follow");
    }
    return new Built.Ready<>(block.block().header(), block.hash(), block.block());
  }

  @Override
  public void append(long round, Hash hash, Block block) {
    tip = new Tip(round, hash);
    included.addAll(block.words());
    block.words().forEach(waiting::remove);
  }

  @Override
  public void restore(CertifiedBlock<Block> block) {
    append(block.round(), block.hash(), block.block());
  }

  @Override
  public void certified(CertifiedBlock<Block> block) {}

  @Override
  public Bytes encode(Block block, Certificate certificate) {
    var header = block.header().toArray();
    var signed = CertificateCodec.encode(certificate).toArray();
    var bytes = ByteBuffer.allocate(4 + header.length + signed.length);
    return Bytes.copyOf(bytes.putInt(header.length).put(header).put(signed).array());
  }

  @Override
  public Optional<CertifiedBlock<Block>> decode(Bytes encoded) {
    var bytes = ByteBuffer.wrap(encoded.toArray());
    var length = encoded.length() < Integer.BYTES ? -1 : bytes.getInt();
    if (length < Long.BYTES + 64 || length > bytes.remaining() || length % 32 != Long.BYTES) {
      return Optional.empty();
    }
    var header = new byte[length];
    bytes.get(header);
    var signed = new byte[bytes.remaining()];
    bytes.get(signed);
    var fields = ByteBuffer.wrap(header);
    var round = fields.getLong();
    var hashes = new byte[fields.remaining()];
    fields.get(hashes);
    var list = hashes(Bytes.copyOf(hashes));
    var block =
        new Block(round, list.get(0), list.get(1), List.copyOf(list.subList(2, list.size())));
    return CertificateCodec.decode(Bytes.copyOf(signed))
        .toOptional()
        .map(certificate -> new CertifiedBlock<>(round, block.hash(), certificate, block, encoded));
  }

  void release(long through) {
    released = through;
  }

  @Override
  public long releasedThrough() {
    return released;
  }
}
