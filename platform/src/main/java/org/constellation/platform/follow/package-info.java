/**
 * Follows the blackhole: verified galaxy blocks in order, with or without executing them, and the
 * pulling of those that the broker has lost. What a service makes of a block is its own business.
 */
@NullMarked
package org.constellation.platform.follow;

import org.jspecify.annotations.NullMarked;
