/**
 * The domain as Protocol Buffers and back. Every message has exactly one encoding, decoding is
 * total and bounded; no generated type leaves this package, and nothing here judges what a message
 * says.
 */
@NullMarked
package org.constellation.protocol.wire;

import org.jspecify.annotations.NullMarked;
