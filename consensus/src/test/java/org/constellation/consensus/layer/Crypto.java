package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.Roster;
import org.constellation.consensus.testkit.Coins;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.ThresholdCoins;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;

/** The coins and signatures of a simulated world. */
enum Crypto {
  /** Keyed hashes behind the production interfaces: fast and worthless. */
  CHEAP,
  /** What production uses: coins on P-256, Ed25519. */
  REAL;

  /** What a seed of any suite uses. */
  static Crypto of(long seed) {
    return Suite.isReal(seed) ? REAL : CHEAP;
  }

  /** The key of somebody, always the same one. */
  SigningKey key(String name, long number) {
    return switch (this) {
      case CHEAP -> MacKey.of(name, number);
      case REAL ->
          Ed25519.best()
              .signingKey(Hashing.tagged("TEST-SEED").text(name).number(number).finish().toBytes());
    };
  }

  /** A committee's keys in the order in which a plan lists them. */
  List<SigningKey> keys(Committee committee, int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> key(committee.toString(), i))
        .sorted(Comparator.comparing(SigningKey::publicKey))
        .toList();
  }

  SignatureVerifier verifier() {
    return switch (this) {
      case CHEAP -> MacKey.VERIFIER;
      case REAL -> Ed25519.best();
    };
  }

  Coins coins(Roster roster, long seed) {
    return switch (this) {
      case CHEAP -> new KeyedHashCoins(roster, seed);
      case REAL -> new ThresholdCoins(roster, seed);
    };
  }

  Suite.Signatures signatures() {
    return switch (this) {
      case CHEAP -> Suite.Signatures.MAC;
      case REAL -> Suite.Signatures.ED25519;
    };
  }
}
