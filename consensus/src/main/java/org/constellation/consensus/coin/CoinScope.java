package org.constellation.consensus.coin;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.constellation.protocol.crypto.Hash;

/**
 * Everything in a coin's name that is the same in a whole layer round, so that no share can serve
 * in another network, layer, cluster, key set, era or round.
 *
 * @param network the network's name, at most 255 bytes of UTF-8
 * @param layer the number of the layer
 * @param cluster the number of the cluster; 0 in the galaxy
 * @param keySet the id of the key set that tosses
 * @param era the committee's era
 * @param round the layer round
 */
public record CoinScope(
    String network, int layer, long cluster, Hash keySet, long era, long round) {

  private static final int NETWORK_BYTES_MAX = 255;

  /**
   * @throws IllegalArgumentException if the network's name is too long
   */
  public CoinScope {
    if (network.getBytes(StandardCharsets.UTF_8).length > NETWORK_BYTES_MAX) {
      throw new IllegalArgumentException("a network's name has at most 255 bytes");
    }
  }

  /** The name of the toss of {@code instance} at its {@code step}. */
  public CoinName name(int instance, int step) {
    var networkBytes = network.getBytes(StandardCharsets.UTF_8);
    var length = 1 + networkBytes.length + 3 * Integer.BYTES + 3 * Long.BYTES + Hash.LENGTH;
    var bytes = ByteBuffer.allocate(length);
    bytes.put((byte) networkBytes.length).put(networkBytes);
    bytes.putInt(layer).putLong(cluster).put(keySet.toBytes());
    bytes.putLong(era).putLong(round).putInt(instance).putInt(step);
    return CoinName.of(bytes.array());
  }
}
