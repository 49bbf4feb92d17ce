/** Accounts, chains and balances over HTTP. */
@NullMarked
package org.constellation.star.account.web;

import org.jspecify.annotations.NullMarked;
