/**
 * The HyloChain: a chain of blocks as a hylomorphism, an unfold into batches followed by a fold
 * into a hash. The blocks themselves are elsewhere; each kind of chain is an instance.
 */
@NullMarked
package org.constellation.protocol.hylo;

import org.jspecify.annotations.NullMarked;
