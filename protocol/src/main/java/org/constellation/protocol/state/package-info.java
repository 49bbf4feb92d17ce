/**
 * Everything that a galaxy block leaves behind, as one map with a Merkle root: stars, balances,
 * proposals, committees and the rest, and what a cluster judges its stars' half-blocks by. The
 * rules that change it are in {@code execution}.
 */
@NullMarked
package org.constellation.protocol.state;

import org.jspecify.annotations.NullMarked;
