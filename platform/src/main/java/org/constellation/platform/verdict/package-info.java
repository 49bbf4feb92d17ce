/**
 * How a facilitator's verdict travels to the services that serve stars. Why a segment is turned
 * down is decided in {@code consensus.cluster}.
 */
@NullMarked
package org.constellation.platform.verdict;

import org.jspecify.annotations.NullMarked;
