/** The ledger's tables, written in bulk. */
@NullMarked
package org.constellation.blackhole.ledger.jdbc;

import org.jspecify.annotations.NullMarked;
