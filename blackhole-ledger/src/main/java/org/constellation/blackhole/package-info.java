/**
 * The blackhole: galaxy blocks stored for good, questions about them answered, proofs handed out.
 */
@NullMarked
package org.constellation.blackhole;

import org.jspecify.annotations.NullMarked;
