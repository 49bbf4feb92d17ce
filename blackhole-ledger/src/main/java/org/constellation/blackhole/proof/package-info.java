/** Proofs that anybody can check offline, put together from stored blocks. */
@NullMarked
package org.constellation.blackhole.proof;

import org.jspecify.annotations.NullMarked;
