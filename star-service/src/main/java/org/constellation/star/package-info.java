/**
 * The star-service: accounts and wallets, the user's way into the network. Here stand its start and
 * its answers to what it refuses; what it does lives in the packages below.
 */
@NullMarked
package org.constellation.star;

import org.jspecify.annotations.NullMarked;
