/** The one address that a user needs. What stands behind it answers; nothing is decided here. */
@NullMarked
package org.constellation.gateway;

import org.jspecify.annotations.NullMarked;
