/** How many connections the front door takes. */
@NullMarked
package org.constellation.gateway.limit;

import org.jspecify.annotations.NullMarked;
