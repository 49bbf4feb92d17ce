package org.constellation.protocol.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;

/** A genesis with committees of four and stars that have homes. */
public final class TestNetwork {

  /** What every star begins with, in no0s. */
  public static final long BALANCE = 1_000;

  private final SignatureScheme scheme;
  private final Random random;
  private final List<SigningKey> galaxyKeys;
  private final List<List<SigningKey>> clusterKeys;
  private final Genesis genesis;
  private final List<TestStar> stars;

  private TestNetwork(
      SignatureScheme scheme,
      Random random,
      List<SigningKey> galaxyKeys,
      List<List<SigningKey>> clusterKeys,
      Genesis genesis,
      List<TestStar> stars) {
    this.scheme = scheme;
    this.random = random;
    this.galaxyKeys = galaxyKeys;
    this.clusterKeys = clusterKeys;
    this.genesis = genesis;
    this.stars = stars;
  }

  /** Star i lives in cluster {@code i % clusters}. */
  public static TestNetwork of(
      long seed,
      int clusters,
      int stars,
      long balance,
      Genesis.Parameters parameters,
      SignatureScheme scheme) {
    var random = new Random(seed);
    var galaxyKeys = keys(4, scheme, random);
    var clusterKeys = new ArrayList<List<SigningKey>>();
    var plans = new ArrayList<EraPlan>();
    for (var cluster = 0; cluster < clusters; cluster++) {
      clusterKeys.add(keys(4, scheme, random));
      plans.add(plan(Committee.ofCluster(cluster), clusterKeys.getLast()));
    }
    var starKeys = keys(stars, scheme, random);
    var homes =
        IntStream.range(0, stars)
            .mapToObj(
                i ->
                    new Genesis.GenesisStar(
                        new StarId(starKeys.get(i).publicKey()), i % clusters, balance, 0))
            .toList();
    var genesis =
        GenesisCodec.genesis(
            "test", parameters, plan(Committee.GALAXY, galaxyKeys), plans, homes, 1_000_000);
    var testStars = starKeys.stream().map(key -> new TestStar(genesis.network(), key)).toList();
    return new TestNetwork(scheme, random, galaxyKeys, clusterKeys, genesis, testStars);
  }

  /** Two clusters, six stars, short limits. */
  public static TestNetwork small() {
    return of(
        1,
        2,
        6,
        BALANCE,
        new Genesis.Parameters(1_000, 8, 100, 50, 3, 3, 1_000, 64),
        new HashedSignatures());
  }

  private static EraPlan plan(Committee committee, List<SigningKey> keys) {
    var members =
        keys.stream()
            .map(
                key ->
                    new CommitteeMember(
                        walletOf(key.publicKey()), key.publicKey(), point((byte) 2)))
            .toList();
    var shares = IntStream.range(0, keys.size()).mapToObj(_ -> point((byte) 3)).toList();
    var indexes = IntStream.rangeClosed(1, keys.size()).boxed().toList();
    return new EraPlan(
        committee, 0, members, new KeySet(Hash.ZERO, 1, point((byte) 2), shares, indexes), 0);
  }

  /** A member's wallet, whose key nobody has. */
  public static StarId walletOf(PublicKey operationalKey) {
    return StarId.of(Hashing.hash("CSTL-V1-TEST-WALLET", operationalKey.toBytes()).toBytes());
  }

  private static Bytes point(byte sign) {
    var point = new byte[33];
    point[0] = sign;
    return Bytes.copyOf(point);
  }

  private static List<SigningKey> keys(int count, SignatureScheme scheme, Random random) {
    return IntStream.range(0, count)
        .mapToObj(_ -> scheme.generate(random))
        .sorted(Comparator.comparing(SigningKey::publicKey))
        .toList();
  }

  public Genesis genesis() {
    return genesis;
  }

  public SignatureScheme scheme() {
    return scheme;
  }

  /** Keys of the galaxy's members, by index. */
  public List<SigningKey> galaxyKeys() {
    return galaxyKeys;
  }

  /** Keys of a cluster's members, by index. */
  public List<SigningKey> clusterKeys(int cluster) {
    return clusterKeys.get(cluster);
  }

  /** Signatures of a cluster's members, the last one left out, under a header. */
  public Certificate certificate(int cluster, Hash headerHash) {
    return certificate(clusterKeys(cluster), headerHash);
  }

  /** Signatures of the holders of {@code keys}, the last one left out, under a header. */
  public static Certificate certificate(List<SigningKey> keys, Hash headerHash) {
    return certificate(keys, headerHash, IntStream.range(0, keys.size() - 1).toArray());
  }

  /** Signatures of some holders of {@code keys} under a header; {@code members} ascend. */
  public static Certificate certificate(List<SigningKey> keys, Hash headerHash, int... members) {
    var message = Certificate.signedMessage(headerHash);
    return new Certificate(
        Arrays.stream(members)
            .mapToObj(i -> new Certificate.MemberSignature(i, keys.get(i).sign(message)))
            .toList());
  }

  public List<TestStar> stars() {
    return stars;
  }

  public TestStar star(int index) {
    return stars.get(index);
  }

  /** A key that nobody has. */
  public SigningKey newKey() {
    return scheme.generate(random);
  }

  /** A star that the ledger has not heard of. */
  public TestStar newStar() {
    return new TestStar(genesis.network(), newKey());
  }
}
