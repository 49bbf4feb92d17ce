package org.constellation.protocol.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;

/**
 * Where things stand in the state. The first byte is the kind; all keys of a kind have one length,
 * or begin with their length, so none is the beginning of another. Numbers are big-endian.
 */
public final class StateKey {

  static final byte SETTINGS = 0x01;
  static final byte CLOCK = 0x02;
  static final byte STAR = 0x10;
  static final byte BALANCE = 0x11;
  static final byte PROPOSAL = 0x12;
  static final byte WAITING = 0x13;
  static final byte DUE = 0x14;
  static final byte ASSET = 0x15;
  static final byte KEY_FROM = 0x16;
  static final byte COUNTER = 0x17;
  static final byte PLAN = 0x18;
  static final byte CLUSTER = 0x19;
  static final byte MEMBER_VOTES = 0x1a;
  static final byte ADOPTED_TABLE = 0x1b;
  static final byte REGISTRATION = 0x1c;
  static final byte CONVICTION = 0x1d;
  static final byte CANDIDATE = 0x1e;
  static final byte CHECK_IN = 0x1f;
  static final byte OPERATIONAL_KEY = 0x20;
  static final byte EXCLUSION = 0x21;

  /** In the index of what ends: a proposal's record. */
  static final byte DUE_PROPOSAL = 1;

  /** In the index of what ends: a waiting agreement. */
  static final byte DUE_WAITING = 2;

  private StateKey() {}

  /** {@code star}: a {@link StarRecord}. */
  public static byte[] star(StarId star) {
    return with(STAR, star.toBytes());
  }

  /** {@code star, asset}: a {@link StateEntry.Balance}. */
  public static byte[] balance(StarId star, AssetId asset) {
    return with(BALANCE, star.toBytes(), asset.hash().toBytes());
  }

  static byte[] balancesOf(StarId star) {
    return with(BALANCE, star.toBytes());
  }

  /** {@code asset}: an {@link AssetRecord}. */
  public static byte[] asset(AssetId asset) {
    return with(ASSET, asset.hash().toBytes());
  }

  /** {@code proposal}: a {@link ProposalRecord}. */
  public static byte[] proposal(Hash proposal) {
    return with(PROPOSAL, proposal.toBytes());
  }

  /** {@code star}: an {@link ExclusionRecord}. */
  public static byte[] exclusion(StarId star) {
    return with(EXCLUSION, star.toBytes());
  }

  static byte[] settings() {
    return new byte[] {SETTINGS};
  }

  static byte[] clock() {
    return new byte[] {CLOCK};
  }

  static byte[] waiting(Hash proposal, StarId star) {
    return with(WAITING, proposal.toBytes(), star.toBytes());
  }

  /** Everything due before {@code tick} stands below this. */
  static byte[] dueFrom(long tick) {
    return with(DUE, number(tick));
  }

  static byte[] dueProposal(long lastTick, Hash proposal) {
    return with(DUE, number(lastTick), new byte[] {DUE_PROPOSAL}, proposal.toBytes());
  }

  static byte[] dueWaiting(long lastTick, Hash proposal, StarId star) {
    return with(
        DUE, number(lastTick), new byte[] {DUE_WAITING}, proposal.toBytes(), star.toBytes());
  }

  /** Later sequences come first, so the key in force is the first from a sequence on. */
  static byte[] keyFrom(StarId star, long sequence) {
    return with(KEY_FROM, star.toBytes(), number(Long.MAX_VALUE - sequence));
  }

  static byte[] keysOf(StarId star) {
    return with(KEY_FROM, star.toBytes());
  }

  static byte[] counter(StarId star, Notice.Kind kind) {
    return with(COUNTER, star.toBytes(), new byte[] {(byte) kind.code()});
  }

  static byte[] plan(Committee committee) {
    return with(PLAN, new byte[] {(byte) committee.layer().code()}, number(committee.cluster()));
  }

  static byte[] cluster(int cluster) {
    return with(CLUSTER, number(cluster));
  }

  static byte[] memberVotes(PublicKey operationalKey) {
    return with(MEMBER_VOTES, operationalKey.toBytes());
  }

  static byte[] adoptedTable(String kind) {
    var text = kind.getBytes(StandardCharsets.UTF_8);
    return with(ADOPTED_TABLE, new byte[] {(byte) text.length}, text);
  }

  static byte[] registration(Hash halfBlock) {
    return with(REGISTRATION, halfBlock.toBytes());
  }

  static byte[] conviction(Committee committee, long era, PublicKey operationalKey) {
    return with(
        CONVICTION,
        new byte[] {(byte) committee.layer().code()},
        number(committee.cluster()),
        number(era),
        operationalKey.toBytes());
  }

  static byte[] candidate(StarId star) {
    return with(CANDIDATE, star.toBytes());
  }

  static byte[] checkIn(StarId star) {
    return with(CHECK_IN, star.toBytes());
  }

  static byte[] operationalKey(PublicKey key) {
    return with(OPERATIONAL_KEY, key.toBytes());
  }

  static int clusterOf(byte[] clusterKey) {
    return (int) ByteBuffer.wrap(clusterKey).getLong(1);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /** What follows {@code prefix} in {@code key}. */
  static byte[] after(byte[] prefix, byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }

  static LedgerState.HeldBalance heldBalance(byte[] key, long amount) {
    var middle = 1 + StarId.LENGTH;
    return new LedgerState.HeldBalance(
        StarId.of(Arrays.copyOfRange(key, 1, middle)),
        new AssetId(Hash.of(Arrays.copyOfRange(key, middle, key.length))),
        amount);
  }

  /** What a key of the index stands for. */
  static DueEntry dueEntry(byte[] key) {
    var bytes = ByteBuffer.wrap(key, 1, key.length - 1);
    var lastTick = bytes.getLong();
    var kind = bytes.get();
    var proposal = new byte[Hash.LENGTH];
    bytes.get(proposal);
    if (kind == DUE_PROPOSAL) {
      return new DueEntry.Proposal(lastTick, Hash.of(proposal));
    }
    var star = new byte[StarId.LENGTH];
    bytes.get(star);
    return new DueEntry.WaitingAgreement(lastTick, Hash.of(proposal), StarId.of(star));
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] with(byte kind, byte[]... parts) {
    var length = 1;
    for (var part : parts) {
      length += part.length;
    }
    var key = new byte[length];
    key[0] = kind;
    var at = 1;
    for (var part : parts) {
      System.arraycopy(part, 0, key, at, part.length);
      at += part.length;
    }
    return key;
  }
}
