/**
 * The service that hosts facilitators. What a cluster's rules are is {@code consensus.cluster}'s
 * business.
 */
@NullMarked
package org.constellation.clusterconsensus;

import org.jspecify.annotations.NullMarked;
