package org.constellation.benchmarks;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.layer.LayerPorts;
import org.constellation.consensus.testkit.ThresholdCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;

/** The keys of a cluster's members: Ed25519 for messages, P-256 for the coin. */
final class LayerKeys {

  private static final int POINT_LENGTH = 33;

  private final SignatureScheme scheme;
  private final List<SigningKey> keys;
  private final ThresholdCoins coins;

  LayerKeys(int members, SignatureScheme scheme) {
    var random = new Random(3);
    this.scheme = scheme;
    this.keys =
        Stream.generate(() -> scheme.generate(random))
            .limit(members)
            .sorted(Comparator.comparing(SigningKey::publicKey))
            .toList();
    this.coins = new ThresholdCoins(new Roster(members), 1);
  }

  int members() {
    return keys.size();
  }

  SigningKey of(int member) {
    return keys.get(member);
  }

  SignatureScheme scheme() {
    return scheme;
  }

  LayerPorts ports(int member) {
    return new LayerPorts(coins.of(new MemberIndex(member)), keys.get(member)::sign, scheme);
  }

  /** The plan of a run. Its key set has an id of its own, so that other coins fall. */
  EraPlan plan(long run) {
    var id = Hashing.tagged("BENCHMARK-KEY-SET").number(run).finish();
    var unused = Bytes.copyOf(new byte[POINT_LENGTH]); // the coins come in through the ports
    var members =
        keys.stream()
            .map(k -> new CommitteeMember(new StarId(k.publicKey()), k.publicKey(), unused))
            .toList();
    var keySet =
        new KeySet(
            id,
            (keys.size() - 1) / 3,
            unused,
            Collections.nCopies(keys.size(), unused),
            IntStream.rangeClosed(1, keys.size()).boxed().toList());
    return new EraPlan(Committee.ofCluster(0), 0, members, keySet, 0);
  }
}
