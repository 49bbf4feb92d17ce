/** Which address belongs to which service, and what callers hear when it is away. */
@NullMarked
package org.constellation.gateway.route;

import org.jspecify.annotations.NullMarked;
