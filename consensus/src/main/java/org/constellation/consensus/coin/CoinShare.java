package org.constellation.consensus.coin;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.constellation.consensus.VoteValue;

/**
 * A share S = xU with the proof that the x in it is the one in the public share h = xG.
 *
 * @param point S
 * @param challenge c
 * @param response z
 */
record CoinShare(P256Point point, BigInteger challenge, BigInteger response) {

  static final int LENGTH = P256Point.LENGTH + 2 * P256.SCALAR_LENGTH;

  VoteValue encode() {
    var bytes = ByteBuffer.allocate(LENGTH).put(point.toBytes());
    bytes.put(P256.encode(challenge)).put(P256.encode(response));
    return VoteValue.of(bytes.array());
  }

  /** The share with these bytes, if they are canonical. */
  static Optional<CoinShare> decode(VoteValue value) {
    if (value.length() != LENGTH) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(value.toBytes());
    var point = new byte[P256Point.LENGTH];
    bytes.get(point);
    var challenge = scalar(bytes);
    var response = scalar(bytes);
    if (challenge.compareTo(P256.ORDER) >= 0 || response.compareTo(P256.ORDER) >= 0) {
      return Optional.empty();
    }
    return P256Point.decode(point).map(s -> new CoinShare(s, challenge, response));
  }

  private static BigInteger scalar(ByteBuffer bytes) {
    var scalar = new byte[P256.SCALAR_LENGTH];
    bytes.get(scalar);
    return new BigInteger(1, scalar);
  }
}
