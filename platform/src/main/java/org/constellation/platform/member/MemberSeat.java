package org.constellation.platform.member;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Envelope;

/**
 * Which member of which committee is driven.
 *
 * @param network hash of the genesis file
 * @param plan the committee's era
 * @param self the member's index in it
 * @param key its operational key
 */
public record MemberSeat(Hash network, EraPlan plan, int self, SigningKey key) {

  /**
   * @throws IllegalArgumentException if the key is not the one that the plan names
   */
  public MemberSeat {
    if (!plan.members().get(self).operationalKey().equals(key.publicKey())) {
      throw new IllegalArgumentException("seat " + self + " belongs to another key");
    }
  }

  /** The seat of {@code key} in {@code plan}, if it has one. */
  public static Optional<MemberSeat> of(Hash network, EraPlan plan, SigningKey key) {
    for (var index = 0; index < plan.members().size(); index++) {
      if (plan.members().get(index).operationalKey().equals(key.publicKey())) {
        return Optional.of(new MemberSeat(network, plan, index, key));
      }
    }
    return Optional.empty();
  }

  /** For threads, logs, metrics and people: {@code galaxy-2}, {@code c0-1}. */
  public String name() {
    return plan.nameOf(self);
  }

  /** What records for this member are keyed by. */
  public Bytes address() {
    return addressOf(self);
  }

  /** What records for a member are keyed by on the sync topic, and its own on consensus. */
  Bytes addressOf(int member) {
    return Bytes.copyOf(plan.members().get(member).operationalKey().toBytes());
  }

  Peers peers() {
    return new Peers(this);
  }

  /** Who may speak to the member, and under which index. */
  static final class Peers {
    private final MemberSeat seat;
    private final Map<PublicKey, Integer> indexes = new HashMap<>();

    private Peers(MemberSeat seat) {
      this.seat = seat;
      for (var index = 0; index < seat.plan.members().size(); index++) {
        if (index != seat.self) {
          indexes.put(seat.plan.members().get(index).operationalKey(), index);
        }
      }
    }

    boolean admits(Envelope.Header header) {
      return header.committee().equals(seat.plan.committee())
          && header.era() == seat.plan.era()
          && indexes.containsKey(header.sender());
    }

    Optional<Integer> indexOf(PublicKey sender) {
      return Optional.ofNullable(indexes.get(sender));
    }
  }
}
