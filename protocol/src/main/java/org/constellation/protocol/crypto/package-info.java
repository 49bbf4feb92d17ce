/**
 * Hashes, keys and signatures, and the one rule by which a signature is accepted. What is hashed or
 * signed, and when, is decided elsewhere.
 */
@NullMarked
package org.constellation.protocol.crypto;

import org.jspecify.annotations.NullMarked;
