/**
 * Starting, finding and stopping operating system processes that belong to one data directory,
 * across runs of the command. Knows nothing of what they do.
 */
@NullMarked
package org.constellation.local.process;

import org.jspecify.annotations.NullMarked;
