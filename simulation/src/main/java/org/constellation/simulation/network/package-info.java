/**
 * The machines of a run and what each of them runs: the production classes of every service, put
 * together as the services' own configurations do, over what this module has in the place of
 * brokers, disks, databases, clocks and threads.
 */
@NullMarked
package org.constellation.simulation.network;

import org.jspecify.annotations.NullMarked;
