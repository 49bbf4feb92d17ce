/**
 * Transactions as their parties see them, and the rules by which half-blocks and receipts become a
 * status. Nothing here signs, stores or sends.
 */
@NullMarked
package org.constellation.star.transaction;

import org.jspecify.annotations.NullMarked;
