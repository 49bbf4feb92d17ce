/**
 * What anybody can check offline with nothing but the genesis file: certificates, settled
 * transactions, balances, convictions. Where proofs come from and how they travel is decided
 * elsewhere.
 */
@NullMarked
package org.constellation.protocol.proof;

import org.jspecify.annotations.NullMarked;
