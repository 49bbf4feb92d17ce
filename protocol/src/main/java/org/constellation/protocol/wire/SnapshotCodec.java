package org.constellation.protocol.wire;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.MalformedSnapshot;
import org.constellation.protocol.wire.proto.SnapshotMessages;

/**
 * Snapshots, in parts that fit a message or a row: a head, and then the entries. Parts are made and
 * read one by one.
 */
public final class SnapshotCodec {

  /** Most bytes of one part. */
  public static final int PART_BYTES_MAX = 512 * 1024;

  /** A part is closed once it has so many; the rest is room for one large entry. */
  private static final int PART_BYTES = 128 * 1024;

  private static final MessageFormat<SnapshotMessages.SnapshotHead> HEAD =
      MessageFormat.of(
          SnapshotMessages.SnapshotHead.parser(),
          SnapshotMessages.SnapshotHead.getDescriptor(),
          ProofCodec.BLOCK_BYTES_MAX + 64);

  private static final MessageFormat<SnapshotMessages.SnapshotPart> PART =
      MessageFormat.of(
          SnapshotMessages.SnapshotPart.parser(),
          SnapshotMessages.SnapshotPart.getDescriptor(),
          PART_BYTES_MAX);

  private SnapshotCodec() {}

  /** The parts of {@code snapshot}, made one by one as they are asked for. */
  public static Iterator<Bytes> encode(Snapshot snapshot) {
    var entries = snapshot.state().entries().iterator();
    return new Iterator<>() {
      private boolean begun;

      @Override
      public boolean hasNext() {
        return !begun || entries.hasNext();
      }

      @Override
      public Bytes next() {
        if (!begun) {
          begun = true;
          return encode(new Head(snapshot.block(), snapshot.state().size()));
        }
        return encode(some(entries));
      }
    };
  }

  private static List<LedgerState.Entry> some(Iterator<LedgerState.Entry> entries) {
    var part = new ArrayList<LedgerState.Entry>();
    var bytes = 0;
    while (entries.hasNext() && bytes < PART_BYTES) {
      var entry = entries.next();
      bytes += entry.key().length() + entry.value().length();
      part.add(entry);
    }
    return part;
  }

  /**
   * The first part.
   *
   * @param entries how many follow in all others together
   */
  record Head(CertifiedHeader block, int entries) {}

  static Bytes encode(Head head) {
    return HEAD.encode(
        SnapshotMessages.SnapshotHead.newBuilder()
            .setBlock(ProofCodec.write(head.block()))
            .setEntries(head.entries())
            .build());
  }

  static Decoded<Head> decodeHead(Bytes part) {
    return HEAD.decode(part, SnapshotCodec::read);
  }

  private static Head read(SnapshotMessages.SnapshotHead message) {
    Fields.require(message.hasBlock(), "block");
    return new Head(
        ProofCodec.read(message.getBlock()), Fields.natural(message.getEntries(), "entries"));
  }

  static Bytes encode(List<LedgerState.Entry> entries) {
    var part = SnapshotMessages.SnapshotPart.newBuilder();
    for (var entry : entries) {
      part.addEntries(
          SnapshotMessages.SnapshotEntry.newBuilder()
              .setKey(Fields.of(entry.key()))
              .setValue(Fields.of(entry.value())));
    }
    return PART.encode(part.build());
  }

  static Decoded<List<LedgerState.Entry>> decodePart(Bytes part) {
    return PART.decode(part, SnapshotCodec::read);
  }

  private static List<LedgerState.Entry> read(SnapshotMessages.SnapshotPart message) {
    return message.getEntriesList().stream()
        .map(
            entry ->
                new LedgerState.Entry(Fields.bytes(entry.getKey()), Fields.bytes(entry.getValue())))
        .toList();
  }

  /**
   * Reads a snapshot and checks it with nothing but the genesis file: what comes out is the
   * galaxy's state after the block that its head shows.
   *
   * @param parts as {@link #encode} made them; an exception of theirs passes through
   */
  public static Decoded<Snapshot> decode(
      Iterator<Bytes> parts, Genesis genesis, SignatureVerifier verifier) {
    if (!parts.hasNext()) {
      return new Decoded.Malformed<>(Decoded.Reason.MISSING, "a head");
    }
    return switch (decodeHead(parts.next())) {
      case Decoded.Valid<Head>(var head) -> decode(head, parts, genesis, verifier);
      case Decoded.Malformed<Head>(var reason, var detail) ->
          new Decoded.Malformed<>(reason, detail);
    };
  }

  /** Whose state the parts after this first one are said to be; nothing if nobody certified it. */
  public static Optional<CertifiedHeader> announced(
      Bytes head, Genesis genesis, SignatureVerifier verifier) {
    return decodeHead(head)
        .toOptional()
        .map(Head::block)
        .filter(block -> block.objection(genesis, verifier).isEmpty());
  }

  private static Decoded<Snapshot> decode(
      Head head, Iterator<Bytes> parts, Genesis genesis, SignatureVerifier verifier) {
    try {
      var snapshot = new Snapshot(head.block(), restore(head, parts));
      return snapshot
          .objection(genesis, verifier)
          .<Decoded<Snapshot>>map(
              refuted ->
                  new Decoded.Malformed<>(
                      Decoded.Reason.INCONSISTENT, refuted.reason() + ": " + refuted.detail()))
          .orElseGet(() -> new Decoded.Valid<>(snapshot));
    } catch (MalformedSnapshot e) {
      return new Decoded.Malformed<>(Decoded.Reason.INCONSISTENT, String.valueOf(e.getMessage()));
    }
  }

  private static LedgerState restore(Head head, Iterator<Bytes> parts) {
    var entries = new Entries(parts, head.entries());
    return LedgerState.restore(
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(entries, Spliterator.ORDERED | Spliterator.NONNULL),
            false));
  }

  /** The entries of parts, and no more than were announced. */
  private static final class Entries implements Iterator<LedgerState.Entry> {
    private final Iterator<Bytes> parts;
    private int left;
    private Iterator<LedgerState.Entry> part = List.<LedgerState.Entry>of().iterator();

    private Entries(Iterator<Bytes> parts, int announced) {
      this.parts = parts;
      this.left = announced;
    }

    @Override
    public boolean hasNext() {
      while (!part.hasNext() && parts.hasNext()) {
        part = read(PART.parse(parts.next())).iterator();
      }
      if (part.hasNext() != left > 0) {
        throw new Rejection(
            Decoded.Reason.INCONSISTENT, "another number of entries than announced");
      }
      return left > 0;
    }

    @Override
    public LedgerState.Entry next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      left--;
      return part.next();
    }
  }
}
