/**
 * The rules by which a galaxy block changes the ledger: pure functions from a state and agreed
 * content to the next state and its receipts. What the state is made of is in {@code state}; who
 * agreed on the content, and by what certificate, is not this package's business.
 */
@NullMarked
package org.constellation.protocol.execution;

import org.jspecify.annotations.NullMarked;
