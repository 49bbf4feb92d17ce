/** How whole columns travel to PostgreSQL and values come back. No table is known here. */
@NullMarked
package org.constellation.star.sql;

import org.jspecify.annotations.NullMarked;
