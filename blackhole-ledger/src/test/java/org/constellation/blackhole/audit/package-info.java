/** Audits of chains that are sound, and of some that are not. */
@NullMarked
package org.constellation.blackhole.audit;

import org.jspecify.annotations.NullMarked;
