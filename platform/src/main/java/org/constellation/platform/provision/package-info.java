/**
 * The beginning of a network on one machine: keys for everybody, a genesis file, empty journals;
 * and the reading of a member's keys afterwards. No service makes a key or a journal by itself.
 */
@NullMarked
package org.constellation.platform.provision;

import org.jspecify.annotations.NullMarked;
