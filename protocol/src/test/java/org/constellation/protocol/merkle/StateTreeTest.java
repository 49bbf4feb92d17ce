package org.constellation.protocol.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;

class StateTreeTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static StateTree<String> treeOf(String... keys) {
    var editor = StateTree.<String>empty(StateTreeTest::bytes).edit();
    for (var key : keys) {
      editor.put(bytes(key), "value of " + key);
    }
    return editor.freeze();
  }

  @Test
  void refusesAKeyThatIsTheBeginningOfAnotherAndStaysAsItWas() {
    var editor = treeOf("abc", "abd", "x").edit();
    for (var key : List.of("ab", "a", "abcd", "xy")) {
      assertThatIllegalArgumentException().isThrownBy(() -> editor.put(bytes(key), "value"));
    }
    assertThat(editor.freeze().root()).isEqualTo(treeOf("abc", "abd", "x").root());
  }

  @Test
  void refusesKeysThatAreEmptyOrTooLong() {
    var editor = treeOf().edit();
    assertThatIllegalArgumentException().isThrownBy(() -> editor.put(new byte[0], "value"));
    assertThatIllegalArgumentException().isThrownBy(() -> editor.put(new byte[97], "value"));
    editor.put(new byte[96], "value");
    assertThat(editor.freeze().get(new byte[96])).contains("value");
  }

  @Test
  void anEditLeavesTheTreeThatItStartedFromAlone() {
    var before = treeOf("a", "b", "c");
    var root = before.root();
    var editor = before.edit();
    editor.put(bytes("a"), "other");
    editor.remove(bytes("b"));
    var after = editor.freeze();
    assertThat(before.root()).isEqualTo(root);
    assertThat(before.get(bytes("a"))).contains("value of a");
    assertThat(before.size()).isEqualTo(3);
    assertThat(after.size()).isEqualTo(2);
    assertThat(after.with(bytes("a"), "value of a").with(bytes("b"), "value of b").root())
        .isEqualTo(root);
  }

  @Test
  void aFrozenEditCannotGoOn() {
    var editor = treeOf("a").edit();
    editor.freeze();
    assertThatIllegalStateException().isThrownBy(() -> editor.put(bytes("b"), "value"));
    assertThatIllegalStateException().isThrownBy(() -> editor.remove(bytes("a")));
    assertThatIllegalStateException().isThrownBy(editor::freeze);
  }

  @Test
  void twoEditsOfOneTreeDoNotMeet() {
    var tree = treeOf("a", "b", "c", "d");
    var one = tree.edit();
    var other = tree.edit();
    one.put(bytes("a"), "one");
    other.put(bytes("a"), "other");
    assertThat(one.freeze().get(bytes("a"))).contains("one");
    assertThat(other.freeze().get(bytes("a"))).contains("other");
  }

  @Test
  void aChangeUnderAScanIsNoticed() {
    var editor = treeOf("a", "b", "c").edit();
    var scan = editor.from(bytes("a"));
    scan.next();
    editor.remove(bytes("b"));
    assertThatExceptionOfType(ConcurrentModificationException.class).isThrownBy(scan::next);
  }

  @Test
  void hashesEachChangedNodeOnceInABatch() {
    var encodings = new AtomicInteger();
    StateTree<String> tree =
        StateTree.empty(
            value -> {
              encodings.incrementAndGet();
              return bytes(value);
            });
    var editor = tree.edit();
    for (var i = 0; i < 100; i++) {
      for (var key = 'a'; key <= 'e'; key++) {
        editor.put(bytes(String.valueOf(key)), "value " + i);
      }
    }
    var frozen = editor.freeze();
    assertThat(encodings).hasValue(5);
    frozen.root();
    frozen.with(bytes("a"), "other").root();
    assertThat(encodings).hasValue(6);
  }

  @Test
  void keepsItsOwnCopyOfAKey() {
    var key = bytes("a");
    var tree = treeOf().with(key, "value");
    key[0] = 'b';
    tree.from(bytes("a")).next().key()[0] = 'b';
    assertThat(tree.get(bytes("a"))).contains("value");
  }

  @Test
  void anAlteredProofProvesNothing() {
    var tree = treeOf("aa", "ab", "ba", "bb", "c");
    var key = bytes("ab");
    var proof = tree.prove(key);
    assertThat(proof.includes(tree.root(), key)).isTrue();
    assertThat(proof.includes(Hash.ZERO, key)).isFalse();

    assertFails(tree, new StateProof(proof.key(), bytes("other"), proof.steps()));
    assertFails(tree, new StateProof(bytes("aa"), proof.value(), proof.steps()));
    assertFails(tree, new StateProof(new byte[0], proof.value(), proof.steps()));
    assertFails(tree, new StateProof(new byte[97], proof.value(), proof.steps()));
    for (var i = 0; i < proof.steps().size(); i++) {
      var step = proof.steps().get(i);
      assertFails(tree, with(proof, i, new StateProof.Step(step.bit(), Hash.ZERO)));
      for (var bit = -1; bit < 20; bit++) {
        if (bit != step.bit()) {
          assertFails(tree, with(proof, i, new StateProof.Step(bit, step.sibling())));
        }
      }
      var fewer = new ArrayList<>(proof.steps());
      fewer.remove(i);
      assertFails(tree, new StateProof(proof.key(), proof.value(), fewer));
      var more = new ArrayList<>(proof.steps());
      more.add(i, step);
      assertFails(tree, new StateProof(proof.key(), proof.value(), more));
    }
  }

  @Test
  void aProofOfAShapeThatNoTreeHasGivesNoRoot() {
    assertThat(proof(2, 3, 1).rootFrom()).isPresent();
    assertThat(proof(2, 16).rootFrom()).isEmpty();
    assertThat(proof(2, -1).rootFrom()).isEmpty();
    assertThat(proof(2, 1, 3).rootFrom()).isEmpty();
    assertThat(proof(2, 3, 3).rootFrom()).isEmpty();
    assertThat(proof(96, 767).rootFrom()).isPresent();
    assertThat(proof(97, 767).rootFrom()).isEmpty();
    assertThat(proof(0, 0).rootFrom()).isEmpty();
    assertThat(new StateProof(new byte[0], bytes("value"), List.of()).rootFrom()).isEmpty();
  }

  private static StateProof proof(int keyLength, int... bits) {
    var steps = Arrays.stream(bits).mapToObj(bit -> new StateProof.Step(bit, Hash.ZERO)).toList();
    return new StateProof(new byte[keyLength], new byte[0], steps);
  }

  private static StateProof with(StateProof proof, int index, StateProof.Step step) {
    var steps = new ArrayList<>(proof.steps());
    steps.set(index, step);
    return new StateProof(proof.key(), proof.value(), steps);
  }

  private static void assertFails(StateTree<String> tree, StateProof proof) {
    for (var key : List.of("aa", "ab", "ba", "bb", "c", "ac", "z", "")) {
      assertThat(proof.includes(tree.root(), bytes(key))).as("includes %s", key).isFalse();
      assertThat(proof.excludes(tree.root(), bytes(key))).as("excludes %s", key).isFalse();
    }
  }

  @Test
  void anEmptyTreeProvesAbsenceOfEverything() {
    var tree = treeOf();
    var proof = tree.prove(bytes("a"));
    assertThat(proof.excludes(tree.root(), bytes("a"))).isTrue();
    assertThat(proof.includes(tree.root(), bytes("a"))).isFalse();
    assertThat(proof.includes(tree.root(), new byte[0])).isFalse();
    assertThat(proof.excludes(treeOf("a").root(), bytes("a"))).isFalse();
  }
}
