/**
 * The ledger as this service follows it: every galaxy block with its certificate checked and its
 * content executed again, so nothing that it says of the ledger rests on anybody's word.
 */
@NullMarked
package org.constellation.star.ledger;

import org.jspecify.annotations.NullMarked;
