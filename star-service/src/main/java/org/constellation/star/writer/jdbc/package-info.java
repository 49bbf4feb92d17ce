/** The writer's books in PostgreSQL. */
@NullMarked
package org.constellation.star.writer.jdbc;

import org.jspecify.annotations.NullMarked;
