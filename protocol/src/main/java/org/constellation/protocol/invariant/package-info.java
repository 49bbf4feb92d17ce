/**
 * Watches over executed blocks for the invariants CHAIN, ONCE and CONSERVATION, by an account of
 * its own that is kept from blocks and receipts alone and shares no rule with {@code execution}.
 * Used by tests, simulations and audits; nothing that takes effect depends on it.
 */
@NullMarked
package org.constellation.protocol.invariant;

import org.jspecify.annotations.NullMarked;
