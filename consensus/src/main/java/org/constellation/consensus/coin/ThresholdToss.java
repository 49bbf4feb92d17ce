package org.constellation.consensus.coin;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.jspecify.annotations.Nullable;

/** One toss of the threshold coin. Keeps the name's point, which is costly to find. */
final class ThresholdToss implements CoinToss {

  private static final String POINT_DOMAIN = "CSTL-V1-COIN-P256_XMD:SHA-256_SSWU_RO_";
  private static final String OUTCOME_DOMAIN = "CSTL-V1-COIN-OUT";
  private static final String NONCE_DOMAIN = "CSTL-V1-COIN-NONCE";

  private final KeySet keys;
  private final MemberIndex self;
  private final SecretShare secret;
  private final byte[] name;
  private @Nullable ECPoint namePoint;
  private @Nullable VoteValue ownShare;

  ThresholdToss(KeySet keys, MemberIndex self, SecretShare secret, CoinName name) {
    this.keys = keys;
    this.self = self;
    this.secret = secret;
    this.name = name.toBytes();
  }

  @Override
  public VoteValue share() {
    if (ownShare == null) {
      var publicShare = keys.of(self).publicShare().point();
      ownShare =
          EqualLogs.prove(context(self), secret.scalar(), publicShare, point(), nonce()).encode();
    }
    return ownShare;
  }

  @Override
  public boolean isValid(MemberIndex member, VoteValue share) {
    var publicShare = keys.of(member).publicShare().point();
    return CoinShare.decode(share)
        .filter(decoded -> EqualLogs.holds(context(member), publicShare, point(), decoded))
        .isPresent();
  }

  @Override
  public int sharesNeeded() {
    return keys.sharesNeeded();
  }

  @Override
  public Hash combine(SortedMap<MemberIndex, VoteValue> shares) {
    if (shares.size() != sharesNeeded()) {
      throw new IllegalArgumentException(shares.size() + " shares instead of " + sharesNeeded());
    }
    var indices = new ArrayList<Integer>();
    shares.keySet().forEach(member -> indices.add(keys.of(member).thresholdIndex()));
    var sum = P256.G.getCurve().getInfinity();
    for (var entry : shares.entrySet()) {
      var share = CoinShare.decode(entry.getValue()).orElseThrow();
      var weight = weightAtZero(indices, keys.of(entry.getKey()).thresholdIndex());
      sum = sum.add(share.point().point().multiply(weight));
    }
    return outcome(sum.normalize());
  }

  ECPoint point() {
    if (namePoint == null) {
      namePoint = P256.hashToCurve(name, POINT_DOMAIN);
    }
    return namePoint;
  }

  /** λ_i = Π j / (j − i) over the other indices j: Lagrange's weight for the value at 0. */
  private static BigInteger weightAtZero(List<Integer> indices, int index) {
    var numerator = BigInteger.ONE;
    var denominator = BigInteger.ONE;
    for (var other : indices) {
      if (other != index) {
        numerator = numerator.multiply(BigInteger.valueOf(other)).mod(P256.ORDER);
        denominator = denominator.multiply(BigInteger.valueOf(other - index)).mod(P256.ORDER);
      }
    }
    return numerator.multiply(denominator.modInverse(P256.ORDER)).mod(P256.ORDER);
  }

  private Hash outcome(ECPoint combined) {
    var domain = OUTCOME_DOMAIN.getBytes(StandardCharsets.US_ASCII);
    var digest = sha256();
    digest.update(number(domain.length));
    digest.update(domain);
    digest.update(number(name.length));
    digest.update(name);
    // Fixed length and last, so it has no prefix of its own.
    return Hash.of(digest.digest(P256.encode(combined)));
  }

  private byte[] context(MemberIndex member) {
    var index = keys.of(member).thresholdIndex();
    return ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(index).array();
  }

  /** A function of secret and name only, by RFC 6979: no source of randomness can fail here. */
  private BigInteger nonce() {
    var calculator = new HMacDSAKCalculator(new SHA256Digest());
    var statement = Hashing.hash(NONCE_DOMAIN, context(self)).toBytes();
    calculator.init(P256.ORDER, secret.scalar(), statement);
    return calculator.nextK();
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
