package org.constellation.platform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * A committee with all its members' keys.
 *
 * @param keys by member index
 */
public record TestCommittees(EraPlan plan, List<SigningKey> keys) {

  private static final int POINT_BYTES = 33;

  /** Members whose keys follow from {@code seed}; their coin keys are no keys. */
  public static TestCommittees of(Committee committee, int members, long seed) {
    var keys =
        LongStream.range(0, members)
            .mapToObj(index -> TestNetwork.key(1_000 * seed + index))
            .sorted(Comparator.comparing(SigningKey::publicKey))
            .toList();
    var point = new byte[POINT_BYTES];
    point[0] = 2;
    var seats =
        keys.stream()
            .map(
                key ->
                    new CommitteeMember(
                        walletOf(key.publicKey()), key.publicKey(), Bytes.copyOf(point)))
            .toList();
    var keySet =
        new KeySet(
            Hash.ZERO,
            (members - 1) / 3,
            Bytes.copyOf(point),
            IntStream.range(0, members).mapToObj(_ -> Bytes.copyOf(point)).toList(),
            IntStream.rangeClosed(1, members).boxed().toList());
    return new TestCommittees(new EraPlan(committee, 0, seats, keySet, 0), keys);
  }

  private static StarId walletOf(PublicKey operationalKey) {
    return StarId.of(Hashing.hash("CSTL-V1-TEST-WALLET", operationalKey.toBytes()).toBytes());
  }

  /** A genesis with this galaxy and one cluster. */
  public Genesis genesis(String name) {
    return genesis(name, List.of());
  }

  /** A genesis with this galaxy, one cluster, and brokers of organisations. */
  public Genesis genesis(String name, List<Genesis.Broker> brokers) {
    var cluster = of(Committee.ofCluster(0), 4, 77).plan();
    return GenesisCodec.genesis(
        name, Genesis.Parameters.DEFAULT, plan, List.of(cluster), List.of(), brokers, 1_000_000);
  }

  /** A certificate by the first n-f members. */
  public Certificate certify(Hash header) {
    var signatures = new ArrayList<Certificate.MemberSignature>();
    for (var member = 0; member < plan.quorum(); member++) {
      signatures.add(
          new Certificate.MemberSignature(
              member, keys.get(member).sign(Certificate.signedMessage(header))));
    }
    return new Certificate(signatures);
  }
}
