package org.constellation.protocol.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;

/** Reads back what {@link EntryWriter} wrote, and refuses all other bytes. */
final class EntryReader {

  /** First byte of a {@link Hold}, beside those of {@link ProposalRecord.End}. */
  static final int HELD = 0;

  private final ByteBuffer bytes;

  private EntryReader(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  /**
   * The value that {@code bytes} stand for under {@code key}.
   *
   * @throws MalformedSnapshot if they are not what {@link EntryWriter} would write for it
   */
  static StateEntry decode(byte[] key, byte[] bytes) {
    if (key.length == 0) {
      throw new MalformedSnapshot("an empty key");
    }
    try {
      var entry = new EntryReader(bytes).entry(key[0]);
      if (!Arrays.equals(EntryWriter.encode(entry), bytes)) {
        throw new MalformedSnapshot("not the canonical bytes of kind " + key[0]);
      }
      return entry;
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new MalformedSnapshot("broken bytes of kind " + key[0], e);
    }
  }

  private StateEntry entry(byte kind) {
    return switch (kind) {
      case StateKey.SETTINGS -> new StateEntry.Settings(hash(), parameters());
      case StateKey.CLOCK ->
          new StateEntry.Clock(number(), new LedgerTime(number(), number(), number()));
      case StateKey.STAR ->
          new StarRecord(
              integer(),
              number(),
              hash(),
              number(),
              key(),
              integer(),
              integer(),
              integer(),
              code() == 1);
      case StateKey.BALANCE -> new StateEntry.Balance(number());
      case StateKey.PROPOSAL -> proposal();
      case StateKey.WAITING -> new StateEntry.Waiting(hash(), number());
      case StateKey.DUE -> new StateEntry.Due();
      case StateKey.ASSET -> new AssetRecord(star(), text(), text(), integer(), number());
      case StateKey.KEY_FROM -> new StateEntry.KeyFrom(key());
      case StateKey.COUNTER -> new StateEntry.Counter(number(), hash());
      case StateKey.PLAN -> new StateEntry.Plan(plan());
      case StateKey.CLUSTER -> new ClusterRecord(number(), hash(), number(), number());
      case StateKey.MEMBER_VOTES -> new StateEntry.MemberVotes(list(this::vote));
      case StateKey.ADOPTED_TABLE -> new StateEntry.AdoptedTable(vote());
      case StateKey.REGISTRATION ->
          new RegistrationRecord(registrationKind(), star(), text(), hash(), hash());
      case StateKey.CONVICTION -> new StateEntry.Conviction(number());
      case StateKey.CANDIDATE -> new CandidateRecord(offer(), number());
      case StateKey.CHECK_IN -> new StateEntry.LastCheckIn(number(), number(), hash());
      case StateKey.OPERATIONAL_KEY -> new StateEntry.Bound(star());
      case StateKey.EXCLUSION -> new ExclusionRecord(integer(), number(), number());
      default -> throw new MalformedSnapshot("no entry has kind " + kind);
    };
  }

  private ProposalRecord proposal() {
    var code = code();
    if (code == HELD) {
      return new Hold(star(), star(), list(this::amount), list(this::amount), number());
    }
    for (var end : ProposalRecord.End.values()) {
      if (end.code() == code) {
        return new ProposalRecord.Ended(end, number());
      }
    }
    throw new MalformedSnapshot("no proposal ends with " + code);
  }

  private ProposalRecord.Amount amount() {
    return new ProposalRecord.Amount(new AssetId(hash()), number());
  }

  private RegistrationRecord.Kind registrationKind() {
    var code = code();
    for (var kind : RegistrationRecord.Kind.values()) {
      if (kind.code() == code) {
        return kind;
      }
    }
    throw new MalformedSnapshot("no registration has kind " + code);
  }

  private Genesis.Parameters parameters() {
    return new Genesis.Parameters(
        number(), integer(), number(), number(), integer(), integer(), number(), integer());
  }

  private EraPlan plan() {
    var committee = committee();
    var era = number();
    var members = list(() -> new CommitteeMember(star(), key(), string()));
    var keys = new KeySet(hash(), integer(), string(), list(this::string), list(() -> integer()));
    return new EraPlan(committee, era, members, keys, number());
  }

  private Committee committee() {
    var code = code();
    for (var layer : Committee.Layer.values()) {
      if (layer.code() == code) {
        return new Committee(layer, integer());
      }
    }
    throw new MalformedSnapshot("no layer has code " + code);
  }

  private TableVote vote() {
    return new TableVote(text(), number(), hash(), hash());
  }

  private Notice.CandidateOffer offer() {
    return new Notice.CandidateOffer(
        key(),
        Signature.of(raw(Signature.LENGTH)),
        string(),
        string(),
        key(),
        integer(),
        integer(),
        number());
  }

  private <T> List<T> list(Supplier<T> each) {
    var size = length();
    var items = new ArrayList<T>();
    for (var i = 0; i < size; i++) {
      items.add(each.get());
    }
    return items;
  }

  private StarId star() {
    return StarId.of(raw(StarId.LENGTH));
  }

  private PublicKey key() {
    return PublicKey.of(raw(PublicKey.LENGTH));
  }

  private Hash hash() {
    return Hash.of(raw(Hash.LENGTH));
  }

  private String text() {
    return new String(raw(length()), StandardCharsets.UTF_8);
  }

  private Bytes string() {
    return Bytes.copyOf(raw(length()));
  }

  private int code() {
    return bytes.get() & 0xff;
  }

  private int integer() {
    return bytes.getInt();
  }

  private long number() {
    return bytes.getLong();
  }

  /** A length that the remaining bytes can hold, so no bytes make a reader ask for much memory. */
  private int length() {
    var length = integer();
    if (length < 0 || length > bytes.remaining()) {
      throw new MalformedSnapshot("a length of " + length);
    }
    return length;
  }

  private byte[] raw(int length) {
    var raw = new byte[length];
    bytes.get(raw);
    return raw;
  }
}
