package org.constellation.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories against a sorted map and a root computed from its content alone. */
class StateTreePropertyTest {

  private static final int OPERATIONS = 1500;

  /** Few and short keys of several kinds and lengths, so that they meet often. */
  private static byte[] drawKey(Random random) {
    var kind = random.nextInt(3);
    var key = new byte[2 + kind * 3];
    key[0] = (byte) (kind * 127);
    for (var i = 1; i < key.length; i++) {
      key[i] = (byte) (random.nextInt(4) * 85);
    }
    return key;
  }

  /** The root by definition: split the sorted entries at the first bit that is not common. */
  private static Hash naiveRoot(NavigableMap<byte[], String> entries) {
    if (entries.isEmpty()) {
      return Hashing.tagged("CSTL-V1-STATE-EMPTY").finish();
    }
    if (entries.size() == 1) {
      return Hashing.tagged("CSTL-V1-STATE-ENTRY")
          .bytes(entries.firstKey())
          .text(entries.firstEntry().getValue())
          .finish();
    }
    var bit = 0;
    while (naiveBit(entries.firstKey(), bit) == naiveBit(entries.lastKey(), bit)) {
      bit++;
    }
    var split = bit;
    var firstRight =
        entries.keySet().stream().filter(key -> naiveBit(key, split)).findFirst().orElseThrow();
    return Hashing.tagged("CSTL-V1-STATE-BRANCH")
        .number(bit)
        .hash(naiveRoot(entries.headMap(firstRight, false)))
        .hash(naiveRoot(entries.tailMap(firstRight, true)))
        .finish();
  }

  private static boolean naiveBit(byte[] key, int bit) {
    return (key[bit / 8] & (0x80 >> (bit % 8))) != 0;
  }

  private static StateTree<String> empty() {
    return StateTree.empty(value -> value.getBytes(StandardCharsets.UTF_8));
  }

  private static NavigableMap<byte[], String> emptyMap() {
    return new TreeMap<>(Arrays::compareUnsigned);
  }

  private static List<String> listed(Iterator<StateEntries.Entry<String>> entries) {
    var listed = new ArrayList<String>();
    entries.forEachRemaining(
        entry -> listed.add(Arrays.toString(entry.key()) + "=" + entry.value()));
    return listed;
  }

  private static List<String> listed(NavigableMap<byte[], String> entries) {
    var listed = new ArrayList<String>();
    entries.forEach((key, value) -> listed.add(Arrays.toString(key) + "=" + value));
    return listed;
  }

  private static boolean beginsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static void assertSame(
      StateEntries<String> tree, NavigableMap<byte[], String> map, Random random) {
    assertThat(tree.size()).isEqualTo(map.size());
    assertThat(listed(tree.withPrefix(new byte[0]))).isEqualTo(listed(map));
    for (var i = 0; i < 20; i++) {
      var key = drawKey(random);
      assertThat(tree.get(key).orElse("none")).isEqualTo(map.getOrDefault(key, "none"));
      var start = Arrays.copyOf(key, random.nextInt(key.length + 3));
      assertThat(listed(tree.from(start))).isEqualTo(listed(map.tailMap(start, true)));
      var under = emptyMap();
      map.forEach(
          (other, value) -> {
            if (beginsWith(other, start)) {
              under.put(other, value);
            }
          });
      assertThat(listed(tree.withPrefix(start))).isEqualTo(listed(under));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void behavesAsASortedMapThroughVersionsAndBatches(long seed) {
    var random = new Random(seed);
    var tree = empty();
    var map = emptyMap();
    var versions = new ArrayList<StateTree<String>>();
    var contents = new ArrayList<NavigableMap<byte[], String>>();
    for (var done = 0; done < OPERATIONS; ) {
      var editor = tree.edit();
      var batch = random.nextInt(60);
      for (var i = 0; i < batch; i++, done++) {
        var key = drawKey(random);
        if (random.nextInt(5) < 2) {
          assertThat(editor.remove(key)).isEqualTo(map.remove(key) != null);
        } else {
          var value = "value " + random.nextInt(50);
          editor.put(key, value);
          map.put(key.clone(), value);
        }
        key[0] ^= 1; // the editor must have kept a copy
      }
      done++;
      assertSame(editor, map, random);
      tree = editor.freeze();
      versions.add(tree);
      var content = emptyMap();
      content.putAll(map);
      contents.add(content);
    }
    for (var i = 0; i < versions.size(); i++) {
      assertSame(versions.get(i), contents.get(i), random);
      assertThat(versions.get(i).root()).isEqualTo(naiveRoot(contents.get(i)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void theRootIsAFunctionOfTheContentAlone(long seed) {
    var random = new Random(seed);
    var keys = new ArrayList<byte[]>();
    var expected = emptyMap();
    for (var i = 0; i < 60; i++) {
      var key = drawKey(random);
      keys.add(key);
      expected.put(key, Arrays.toString(key));
    }
    for (var order = 0; order < 20; order++) {
      Collections.shuffle(keys, random);
      var tree = empty();
      for (var key : keys) {
        tree = tree.with(key, "another");
        var passing = drawKey(random);
        if (!expected.containsKey(passing)) {
          tree = tree.with(passing, "passing").without(passing);
        }
        tree = tree.with(key, Arrays.toString(key));
      }
      assertThat(tree.root()).isEqualTo(naiveRoot(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void provesWhatIsThereAndWhatIsNot(long seed) {
    var random = new Random(seed);
    var tree = empty();
    for (var round = 0; round < 60; round++) {
      for (var i = 0; i < 60; i++) {
        var key = drawKey(random);
        var proof = tree.prove(key);
        var value = tree.get(key);
        assertThat(proof.rootFrom()).contains(tree.root());
        assertThat(proof.includes(tree.root(), key)).isEqualTo(value.isPresent());
        assertThat(proof.excludes(tree.root(), key)).isEqualTo(value.isEmpty());
        value.ifPresent(
            there ->
                assertThat(new String(proof.value(), StandardCharsets.UTF_8)).isEqualTo(there));
      }
      tree = tree.with(drawKey(random), "value " + round);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32})
  void noProofShowsAKeyThatIsThereAsAbsent(long seed) {
    var random = new Random(seed);
    var tree = empty();
    for (var i = 0; i < 40; i++) {
      tree = tree.with(drawKey(random), "value " + i);
    }
    // Every genuine proof, tried on every key: only the key's own answers, and truthfully.
    for (var i = 0; i < 200; i++) {
      var proof = tree.prove(drawKey(random));
      for (var j = 0; j < 200; j++) {
        var key = drawKey(random);
        var isThere = tree.get(key).isPresent();
        assertThat(proof.excludes(tree.root(), key) && isThere).isFalse();
        assertThat(proof.includes(tree.root(), key) && !isThere).isFalse();
      }
    }
  }
}
