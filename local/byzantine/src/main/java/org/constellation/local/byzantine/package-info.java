/**
 * A Byzantine member of a running network. It is the process of the honest one, with this artefact
 * behind everything else on its class path: whatever the member sends or hears passes through here.
 * Its keys, its seat and its code are the honest one's. On a real broker all readers find the same
 * records, but a reader skips those that bear its own key: by that a member hides from each what it
 * shows to the others.
 */
@NullMarked
package org.constellation.local.byzantine;

import org.jspecify.annotations.NullMarked;
