/** The stored accounts in PostgreSQL. */
@NullMarked
package org.constellation.star.account.jdbc;

import org.jspecify.annotations.NullMarked;
