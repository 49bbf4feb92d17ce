/** What people and programs may ask the ledger, and what it answers; the asking is below. */
@NullMarked
package org.constellation.blackhole.query;

import org.jspecify.annotations.NullMarked;
