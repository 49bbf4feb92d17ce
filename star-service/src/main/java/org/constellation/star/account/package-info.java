/**
 * Accounts: stars that this service serves, the keys that it keeps for some of them, and the tokens
 * by which their owners are known.
 */
@NullMarked
package org.constellation.star.account;

import org.jspecify.annotations.NullMarked;
