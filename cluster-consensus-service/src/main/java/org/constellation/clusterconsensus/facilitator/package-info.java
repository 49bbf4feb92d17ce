/**
 * Facilitators and what reaches and leaves them: segments, followed galaxy blocks, certified
 * checkpoints, verdicts. How they agree is {@code consensus}' business.
 */
@NullMarked
package org.constellation.clusterconsensus.facilitator;

import org.jspecify.annotations.NullMarked;
