package org.constellation.protocol.hylo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The six laws of a HyloChain, on random batches. */
class HyloTest {

  private static final Hash GENESIS =
      Hashing.tagged("CSTL-V1-GENESIS").text("hylochain-test").finish();

  /** What was agreed in a round: a set, whatever the order in which gossip brought it. */
  private record Batch(long round, SortedSet<String> transactions) {

    Batch(long round, Collection<String> transactions) {
      this(round, new TreeSet<>(transactions));
    }
  }

  /** A chain of rounds from 1. */
  private record Rounds(List<Batch> batches) implements Hylo<Integer, Batch, Hash> {

    @Override
    public Optional<Step<Integer, Batch>> unfold(Integer round) {
      return round == 0
          ? Optional.empty()
          : Optional.of(new Step<>(batches.get(round - 1), round - 1));
    }

    @Override
    public Hash base() {
      return GENESIS;
    }

    @Override
    public Hash fold(Batch batch, Hash before) {
      return link(batch, before);
    }
  }

  private static Hash link(Batch batch, Hash before) {
    return Hashing.tagged("CSTL-V1-CHASH")
        .number(batch.round())
        .hash(rootOf(batch.transactions()))
        .hash(before)
        .finish();
  }

  /** A tree of the test's own: the published values are made with it. */
  private static Hash rootOf(SortedSet<String> transactions) {
    var level =
        transactions.stream()
            .map(transaction -> Hashing.tagged("\0").text(transaction).finish())
            .toList();
    while (level.size() > 1) {
      var above = new ArrayList<Hash>();
      for (var i = 0; i < level.size(); i += 2) {
        above.add(
            i + 1 < level.size()
                ? Hashing.tagged("\1").hash(level.get(i)).hash(level.get(i + 1)).finish()
                : level.get(i));
      }
      level = above;
    }
    return level.getFirst();
  }

  private static Rounds published(int rounds) {
    var batches = new ArrayList<Batch>();
    for (var round = 1; round <= rounds; round++) {
      var transactions = new ArrayList<String>();
      for (var i = 0; i < round % 3 + 1; i++) {
        transactions.add("tx-" + round + "-" + i);
      }
      batches.add(new Batch(round, transactions));
    }
    return new Rounds(batches);
  }

  private static List<String> drawTransactions(Random random) {
    var transactions = new ArrayList<String>();
    for (var i = 0; i <= random.nextInt(6); i++) {
      transactions.add("transaction " + random.nextInt());
    }
    return transactions;
  }

  private static Rounds drawn(long seed) {
    var random = new Random(seed);
    var batches = new ArrayList<Batch>();
    for (var round = 1; round <= 30 + random.nextInt(30); round++) {
      batches.add(new Batch(round, drawTransactions(random)));
    }
    return new Rounds(batches);
  }

  @ParameterizedTest
  @CsvSource({
    "0, a59d73fb9fe41f6c11d59eee5a9deb30fd8670c065d18290ee7ef54bb43ad2f6",
    "1, a3f17634647f860fb9dce16fd577cdac014d04010814aef9312612292aacdf91",
    "2, 731a38644cf1ad440db2033bfbbfabf078fd1ad41864cd5cd85e15ffe9f01490",
    "3, da6d4044af6c57d8fbe09e21f37da388de2f41b83dcec114ac329df8177821ac",
    "10, cfa2b0a2f5907712a9fb29bb43512fd4d32eb1d40cf81d82a75b48498c1c17c7",
    "200, dc35b8910518b99bfd8009e60091842a042bdde72f0c4cd66e4ea9a1b51f468c"
  })
  void givesThePublishedValues(int round, String expected) {
    assertThat(published(round).run(round).toHex()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law1FoldAfterUnfoldIsRunIsSteppingFromGenesis(long seed) {
    var chain = drawn(seed);
    for (var n = 0; n <= chain.batches().size(); n++) {
      var folded = chain.base();
      for (var batch : chain.elements(n)) {
        folded = chain.fold(batch, folded);
      }
      var stepped = GENESIS;
      for (var k = 1; k <= n; k++) {
        stepped = link(chain.batches().get(k - 1), stepped);
      }
      assertThat(chain.run(n)).isEqualTo(folded).isEqualTo(stepped).isEqualTo(recursive(chain, n));
    }
  }

  /** The paper's definition, word for word. */
  private static <A, B, C> C recursive(Hylo<A, B, C> chain, A a) {
    return chain
        .unfold(a)
        .map(step -> chain.fold(step.element(), recursive(chain, step.rest())))
        .orElse(chain.base());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law2OneStepIsOneFold(long seed) {
    var chain = drawn(seed);
    for (var n = 1; n <= chain.batches().size(); n++) {
      assertThat(chain.run(n)).isEqualTo(chain.fold(chain.batches().get(n - 1), chain.run(n - 1)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law3EveryPrefixOfAChainIsAChain(long seed) {
    var chain = drawn(seed);
    var scan = chain.scan(chain.batches().size());
    assertThat(scan).hasSize(chain.batches().size() + 1);
    for (var k = 0; k < scan.size(); k++) {
      assertThat(scan.get(k)).isEqualTo(chain.run(k));
      assertThat(chain.scan(k)).isEqualTo(scan.subList(0, k + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law4TheOrderAndRepetitionOfGossipInARoundChangeNothing(long seed) {
    var random = new Random(seed);
    var chain = drawn(seed);
    var gossiped = new ArrayList<Batch>();
    for (var batch : chain.batches()) {
      var heard = new ArrayList<>(batch.transactions());
      heard.addAll(heard.subList(0, random.nextInt(heard.size() + 1)));
      Collections.shuffle(heard, random);
      gossiped.add(new Batch(batch.round(), heard));
    }
    var n = chain.batches().size();
    assertThat(new Rounds(gossiped).scan(n)).isEqualTo(chain.scan(n));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law5OneChangedByteChangesEveryLaterValueAndNoEarlierOne(long seed) {
    var random = new Random(seed);
    var chain = drawn(seed);
    var n = chain.batches().size();
    for (var round = 1; round <= n; round++) {
      var altered = new ArrayList<>(chain.batches());
      var transactions = new ArrayList<>(altered.get(round - 1).transactions());
      var at = random.nextInt(transactions.size());
      transactions.set(at, alterOneByte(transactions.get(at), random));
      altered.set(round - 1, new Batch(round, transactions));
      var before = chain.scan(n);
      var after = new Rounds(altered).scan(n);
      for (var k = 0; k <= n; k++) {
        assertThat(after.get(k).equals(before.get(k))).isEqualTo(k < round);
      }
    }
  }

  private static String alterOneByte(String transaction, Random random) {
    var bytes = transaction.getBytes(StandardCharsets.US_ASCII);
    bytes[random.nextInt(bytes.length)] ^= 1;
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** A chain of clusters' block hashes, as the galaxy's is. */
  private record Galaxy(List<Batch> batches) implements Hylo<Integer, Batch, Hash> {

    @Override
    public Optional<Step<Integer, Batch>> unfold(Integer round) {
      return new Rounds(batches).unfold(round);
    }

    @Override
    public Hash base() {
      return Hashing.tagged("CSTL-V1-GENESIS").text("galaxy-test").finish();
    }

    @Override
    public Hash fold(Batch batch, Hash before) {
      return link(batch, before);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void law6AGalaxyOverClustersIsTheFlatHistoryWithEveryCertificateChecked(long seed) {
    var clusters = List.of(drawn(seed), drawn(seed + 100), drawn(seed + 200));
    var rounds = clusters.stream().mapToInt(one -> one.batches().size()).min().orElseThrow();

    // Nested: each galaxy batch holds the hashes that the clusters' own runs give.
    var nested = new ArrayList<Batch>();
    for (var round = 1; round <= rounds; round++) {
      var ids = new ArrayList<String>();
      for (var cluster : clusters) {
        ids.add(cluster.run(round).toHex());
      }
      nested.add(new Batch(round, ids));
    }
    var galaxy = new Galaxy(nested);

    // Flat: one pass over all clusters' batches, each certified hash recomputed from its batch.
    var result = galaxy.base();
    Map<Integer, Hash> heads = new TreeMap<>();
    for (var certified : nested) {
      for (var c = 0; c < clusters.size(); c++) {
        var batch = clusters.get(c).batches().get((int) certified.round() - 1);
        heads.put(c, link(batch, heads.getOrDefault(c, GENESIS)));
      }
      assertThat(certified.transactions())
          .containsExactlyInAnyOrderElementsOf(heads.values().stream().map(Hash::toHex).toList());
      result = galaxy.fold(certified, result);
    }
    assertThat(galaxy.run(rounds)).isEqualTo(result);
  }

  /** A chain whose positions are block hashes, as a stored one's are. */
  private record Linked(Map<Hash, Step<Hash, Batch>> blocks) implements Hylo<Hash, Batch, Hash> {

    @Override
    public Optional<Step<Hash, Batch>> unfold(Hash block) {
      return Optional.ofNullable(blocks.get(block));
    }

    @Override
    public Hash base() {
      return GENESIS;
    }

    @Override
    public Hash fold(Batch batch, Hash before) {
      return link(batch, before);
    }
  }

  @Test
  void aChainUnfoldedFromItsHeadsHashFoldsToThatHash() {
    var chain = drawn(9);
    var scan = chain.scan(chain.batches().size());
    Map<Hash, Hylo.Step<Hash, Batch>> blocks = new TreeMap<>();
    for (var k = 1; k < scan.size(); k++) {
      blocks.put(scan.get(k), new Hylo.Step<>(chain.batches().get(k - 1), scan.get(k - 1)));
    }
    var linked = new Linked(blocks);
    for (var block : scan) {
      assertThat(linked.run(block)).isEqualTo(block);
    }
  }

  @Test
  void aLongChainDoesNotEndAtTheStacksDepth() {
    var count =
        new Hylo<Integer, Integer, Long>() {
          @Override
          public Optional<Step<Integer, Integer>> unfold(Integer n) {
            return n == 0 ? Optional.empty() : Optional.of(new Step<>(n, n - 1));
          }

          @Override
          public Long base() {
            return 0L;
          }

          @Override
          public Long fold(Integer n, Long before) {
            return before + n;
          }
        };
    assertThat(count.run(1_000_000)).isEqualTo(500_000_500_000L);
  }
}
