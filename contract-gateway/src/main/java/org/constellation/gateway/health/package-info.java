/** How the services behind the front door are. */
@NullMarked
package org.constellation.gateway.health;

import org.jspecify.annotations.NullMarked;
