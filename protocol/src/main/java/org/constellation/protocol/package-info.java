/**
 * The ledger's language: identities, half-blocks, blocks, their bytes and the rules by which they
 * take effect. Nothing here reads a clock, starts a thread, logs, or knows of a transport or a
 * store.
 */
@NullMarked
package org.constellation.protocol;

import org.jspecify.annotations.NullMarked;
