/**
 * Agreement among members of which fewer than a third may do anything. Machines take inputs and
 * votes and return a {@link org.constellation.consensus.Step}: what to send, what to journal first,
 * what was decided, who misbehaved. Sending, storing, timing, authentication and threads are the
 * caller's. This package holds what all machines share; each algorithm has a package of its own.
 *
 * <p>The contract of every machine:
 *
 * <ul>
 *   <li>The caller has authenticated the sender of a vote as a member of the roster.
 *   <li>Votes may be repeated, reordered, late and early; they must not be lost for ever between
 *       correct members. No correct member is ever blamed for what the transport does.
 *   <li>Every vote goes to every member. A machine counts its own votes at once; when they come
 *       back from the log they are ignored.
 *   <li>A whole step is journalled as one unit, votes and frozen sets, and synced before any of its
 *       votes is sent. After a crash the machine is made anew with the journal's {@link
 *       org.constellation.consensus.Recall}, and {@code resume()} is called before anything else.
 * </ul>
 */
@NullMarked
package org.constellation.consensus;

import org.jspecify.annotations.NullMarked;
