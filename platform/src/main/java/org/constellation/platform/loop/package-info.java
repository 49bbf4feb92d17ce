/**
 * How long-lived workers are run: each does its work in turns, and a loop says when. A thread is
 * one kind of loop, an event of virtual time another. What the work is lives with each worker.
 */
@NullMarked
package org.constellation.platform.loop;

import org.jspecify.annotations.NullMarked;
