/** Stars, networks and ledgers for tests of the protocol. Nothing here is a test. */
@NullMarked
package org.constellation.protocol.testkit;

import org.jspecify.annotations.NullMarked;
