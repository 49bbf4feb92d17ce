/**
 * Many messages under one signature, and the votes of consensus as values in slots, so that two
 * different values in one slot prove their signer's fault to anybody.
 */
@NullMarked
package org.constellation.protocol.envelope;

import org.jspecify.annotations.NullMarked;
