/**
 * What a committee member keeps on its disk before it says anything, so that a restart never makes
 * it contradict itself. What is worth keeping is decided in {@code consensus.layer}.
 */
@NullMarked
package org.constellation.platform.journal;

import org.jspecify.annotations.NullMarked;
