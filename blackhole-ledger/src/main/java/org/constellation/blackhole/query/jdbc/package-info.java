/** Questions whose answers are too large, or asked too often, for entities. */
@NullMarked
package org.constellation.blackhole.query.jdbc;

import org.jspecify.annotations.NullMarked;
