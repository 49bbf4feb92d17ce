/** The stored transactions in PostgreSQL. */
@NullMarked
package org.constellation.star.transaction.jdbc;

import org.jspecify.annotations.NullMarked;
