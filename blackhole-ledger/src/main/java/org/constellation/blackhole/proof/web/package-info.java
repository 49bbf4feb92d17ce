/** Proofs over HTTP. */
@NullMarked
package org.constellation.blackhole.proof.web;

import org.jspecify.annotations.NullMarked;
