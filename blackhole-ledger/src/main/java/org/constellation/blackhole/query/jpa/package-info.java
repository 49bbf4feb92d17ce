/** The ledger's tables as entities that are only read. */
@NullMarked
package org.constellation.blackhole.query.jpa;

import org.jspecify.annotations.NullMarked;
