/**
 * Commitments to ordered lists and to keyed state, with proofs of single members. What is committed
 * to, and who signs the root, is decided elsewhere.
 */
@NullMarked
package org.constellation.protocol.merkle;

import org.jspecify.annotations.NullMarked;
