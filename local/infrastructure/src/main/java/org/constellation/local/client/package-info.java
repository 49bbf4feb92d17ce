/**
 * A user's side of a network: its HTTP interface through the front door, the stars whose tokens are
 * kept here, and checks that need no network at all.
 */
@NullMarked
package org.constellation.local.client;

import org.jspecify.annotations.NullMarked;
