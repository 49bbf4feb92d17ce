/**
 * The one worker that changes anything. It gathers what came within a few milliseconds, decides,
 * signs one segment per star, stores everything in one database transaction, and only then answers
 * and lets things be sent. Its database stands behind {@link org.constellation.star.writer.Books}.
 */
@NullMarked
package org.constellation.star.writer;

import org.jspecify.annotations.NullMarked;
