/**
 * One local network: which processes it has, in which order they start and stop, and what they are
 * told. Uses the database, the broker and the processes; knows no service's code.
 */
@NullMarked
package org.constellation.local.network;

import org.jspecify.annotations.NullMarked;
