/** Questions to the ledger over HTTP, paged by key. */
@NullMarked
package org.constellation.blackhole.query.web;

import org.jspecify.annotations.NullMarked;
