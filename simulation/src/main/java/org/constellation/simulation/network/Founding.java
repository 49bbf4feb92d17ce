package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.simulation.Options;
import org.constellation.simulation.crypto.Crypto;

/**
 * A network's genesis, and all keys of those in it.
 *
 * @param committees by their names
 * @param stars keys of the stars that have a home from the beginning, correct ones first
 */
public record Founding(
    Genesis genesis, TreeMap<Committee, Keys> committees, List<SigningKey> stars, Crypto crypto) {

  /** When ledger time begins. */
  public static final long START_MILLIS = 1_700_000_000_000L;

  private static final int POINT_BYTES = 33;
  private static final long BALANCE = 1_000_000;
  private static final int HOLDS_MAX = 1_000;

  /** As the network has it, for stars that want too much. */
  private static final int NETWORKS_HOLDS_MAX = 0;

  /** Of a star's holds and of its waiting agreements: few, so that it takes little to exceed. */
  private static final int OPEN_MAX = 8;

  /** Short, so that agreements to proposals that never come lapse before a run is over. */
  private static final long WAITING_TICKS = 25;

  /**
   * Of one committee, by index.
   *
   * @param coins what each member tosses
   */
  public record Keys(EraPlan plan, List<SigningKey> operational, List<CommonCoin> coins) {}

  /** Makes everything from the seed. */
  public static Founding of(Options options) {
    var crypto = options.crypto();
    var committees = new TreeMap<Committee, Keys>();
    var galaxy = signingKeys(Committee.GALAXY, options.galaxy(), crypto);
    committees.put(
        Committee.GALAXY, keys(Committee.GALAXY, galaxy, crypto, options.seed(), Founding::owner));
    var shared = SharedSeat.of(options);
    for (var cluster = 0; cluster < options.clusters().size(); cluster++) {
      var committee = Committee.ofCluster(cluster);
      var operational = signingKeys(committee, options.clusters().get(cluster), crypto);
      var owners = owners(committee, operational, galaxy, shared);
      committees.put(
          committee, keys(committee, operational, crypto, options.seed() + 1 + cluster, owners));
    }
    var clusters = options.clusters().size();
    var stars =
        IntStream.range(0, options.stars() + options.badStars())
            .mapToObj(number -> crypto.key("star-" + number))
            .toList();
    var genesis =
        GenesisCodec.genesis(
            "simulation",
            new Genesis.Parameters(
                options.tickMillis(), 8, 10_000, WAITING_TICKS, OPEN_MAX, OPEN_MAX, 1_000, 64),
            committees.get(Committee.GALAXY).plan(),
            committees.values().stream()
                .map(Keys::plan)
                .filter(plan -> !plan.committee().equals(Committee.GALAXY))
                .toList(),
            IntStream.range(0, stars.size())
                .mapToObj(
                    number ->
                        new Genesis.GenesisStar(
                            new StarId(stars.get(number).publicKey()),
                            number % clusters,
                            BALANCE,
                            number < options.stars() ? HOLDS_MAX : NETWORKS_HOLDS_MAX))
                .sorted(Comparator.comparing(Genesis.GenesisStar::star))
                .toList(),
            START_MILLIS);
    return new Founding(genesis, committees, stars, crypto);
  }

  /** Sorted, as seats are. */
  private static List<SigningKey> signingKeys(Committee committee, int size, Crypto crypto) {
    var keys = new ArrayList<SigningKey>();
    for (var number = 0; number < size; number++) {
      keys.add(crypto.key(committee + "-" + number));
    }
    keys.sort(Comparator.comparing(SigningKey::publicKey));
    return keys;
  }

  private static Keys keys(
      Committee committee,
      List<SigningKey> operational,
      Crypto crypto,
      long seed,
      Function<SigningKey, StarId> owners) {
    var plan = plan(committee, operational, owners);
    return new Keys(plan, operational, crypto.coins(operational.size(), seed));
  }

  /** Every seat has a star of its own. */
  private static StarId owner(SigningKey operational) {
    return StarId.of(Hashing.hash("SIMULATED-WALLET", operational.publicKey().toBytes()).toBytes());
  }

  /** But for one that has a seat in the galaxy, too. */
  private static Function<SigningKey, StarId> owners(
      Committee committee,
      List<SigningKey> operational,
      List<SigningKey> galaxy,
      Optional<SharedSeat> shared) {
    return shared
        .filter(seat -> seat.committee().equals(committee))
        .<Function<SigningKey, StarId>>map(
            seat ->
                key ->
                    owner(
                        key.equals(operational.get(seat.member()))
                            ? galaxy.get(seat.ofGalaxy())
                            : key))
        .orElse(Founding::owner);
  }

  /** The coins' public keys in it serve nobody here: members are handed their coins. */
  private static EraPlan plan(
      Committee committee, List<SigningKey> keys, Function<SigningKey, StarId> owners) {
    var bytes = new byte[POINT_BYTES];
    bytes[0] = 2;
    var point = Bytes.copyOf(bytes);
    var members =
        keys.stream()
            .map(key -> new CommitteeMember(owners.apply(key), key.publicKey(), point))
            .toList();
    var keySet =
        new KeySet(
            Hashing.tagged("SIMULATED-KEY-SET").text(committee.toString()).finish(),
            (keys.size() - 1) / 3,
            point,
            Collections.nCopies(keys.size(), point),
            IntStream.rangeClosed(1, keys.size()).boxed().toList());
    return new EraPlan(committee, 0, members, keySet, 0);
  }

  /** The name of a member's machine. */
  public static String machine(Committee committee, int member) {
    return committee + "-" + member;
  }

  /** A committee's keys. */
  public Keys keysOf(Committee committee) {
    var keys = committees.get(committee);
    if (keys == null) {
      throw new IllegalArgumentException("no committee " + committee);
    }
    return keys;
  }
}
