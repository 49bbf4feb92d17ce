/**
 * Snapshots of the ledger's state that a process keeps for its own next start, so that a start does
 * not take longer the longer the ledger gets, and that it hands out to newcomers. What a snapshot
 * is, and why it may be believed, is {@link org.constellation.protocol.proof.Snapshot}'s business.
 */
@NullMarked
package org.constellation.platform.snapshot;

import org.jspecify.annotations.NullMarked;
