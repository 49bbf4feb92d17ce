package org.constellation.protocol.hylo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A hylomorphism {@code h = [(c, op), (g, p)]}, the form in which the Constellation white paper
 * describes a chain: {@code h(a) = c} where {@code p(a)} holds, else {@code b op h(a')} with {@code
 * (b, a') = g(a)}. For a chain, {@code A} says where in it one stands (a round, or a block's hash),
 * {@code B} is what a block contains, {@code C} is the hash.
 *
 * <p>The paper sets {@code p} false everywhere, as a chain has no end; read literally that
 * recursion never meets {@code c}. What works: {@code p} holds at the genesis, and having no end
 * means that {@code h} is defined for every round.
 *
 * <p>It speaks of batches that are already agreed: gossip proposes them, the common subset selects
 * them, the fold hashes them.
 *
 * @param <A> a position in the chain
 * @param <B> what one step adds
 * @param <C> what the chain amounts to
 */
public interface Hylo<A, B, C> {

  /**
   * The paper's {@code g}: the newest element at {@code a} and what is before it; {@code p}: none.
   */
  Optional<Step<A, B>> unfold(A a);

  /** The paper's {@code c}, what the chain amounts to at its beginning. */
  C base();

  /** The paper's {@code op}: adds {@code element} to what came before it. */
  C fold(B element, C before);

  /**
   * One step of an unfold.
   *
   * @param element the newest element
   * @param rest the position before it
   * @param <A> a position in the chain
   * @param <B> what one step adds
   */
  record Step<A, B>(B element, A rest) {}

  /** The paper's {@code h}. A loop, for recursion would end at the depth of the stack. */
  default C run(A a) {
    var result = base();
    for (var element : elements(a)) {
      result = fold(element, result);
    }
    return result;
  }

  /** The whole chain up to {@code a}: the base, then the value after each element. */
  default List<C> scan(A a) {
    var results = new ArrayList<C>();
    results.add(base());
    for (var element : elements(a)) {
      results.add(fold(element, results.getLast()));
    }
    return results;
  }

  /** The unfold alone: all elements up to {@code a}, the oldest first. */
  default List<B> elements(A a) {
    var oldestOnTop = new ArrayDeque<B>();
    for (var step = unfold(a); step.isPresent(); step = unfold(step.get().rest())) {
      oldestOnTop.push(step.get().element());
    }
    return List.copyOf(oldestOnTop);
  }
}
