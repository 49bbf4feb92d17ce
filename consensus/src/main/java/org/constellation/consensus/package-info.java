/**
 * Agreement among members of which fewer than a third may do anything. Machines take inputs and
 * return steps; sending, storing, timing and threads are the caller's.
 */
@NullMarked
package org.constellation.consensus;

import org.jspecify.annotations.NullMarked;
