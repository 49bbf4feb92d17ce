/**
 * Galaxy members and what reaches and leaves them: certified checkpoints, notices, galaxy blocks.
 * How they agree is {@code consensus}' business.
 */
@NullMarked
package org.constellation.galaxyservice.member;

import org.jspecify.annotations.NullMarked;
