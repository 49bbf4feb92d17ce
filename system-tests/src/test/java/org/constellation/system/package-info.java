/**
 * A whole network, started and used as its users do. These tests know the command, the HTTP
 * interface, the genesis file and the tables that are there to be queried; no code of a service.
 */
@NullMarked
package org.constellation.system;

import org.jspecify.annotations.NullMarked;
