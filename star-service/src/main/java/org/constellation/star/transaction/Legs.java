package org.constellation.star.transaction;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;

/** Legs as bytes for this service's own table: direction, asset and amount of each, in order. */
public final class Legs {

  private static final int LEG_BYTES = 1 + Hash.LENGTH + Long.BYTES;

  private Legs() {}

  /** All legs in one string of bytes. */
  public static byte[] toBytes(List<Leg> legs) {
    var buffer = ByteBuffer.allocate(legs.size() * LEG_BYTES);
    for (var leg : legs) {
      buffer.put((byte) (leg.direction() == Leg.Direction.GIVE ? 0 : 1));
      buffer.put(leg.asset().hash().toBytes());
      buffer.putLong(leg.amount());
    }
    return buffer.array();
  }

  /** What {@link #toBytes} was given. */
  public static List<Leg> fromBytes(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    var legs = new ArrayList<Leg>();
    while (buffer.hasRemaining()) {
      var direction = buffer.get() == 0 ? Leg.Direction.GIVE : Leg.Direction.TAKE;
      var asset = new byte[Hash.LENGTH];
      buffer.get(asset);
      legs.add(new Leg(direction, new AssetId(Hash.of(asset)), buffer.getLong()));
    }
    return legs;
  }
}
