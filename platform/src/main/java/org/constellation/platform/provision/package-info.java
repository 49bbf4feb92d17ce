/**
 * The beginning of a network: of one on one machine, or of one that organisations make together,
 * each with keys that only it has. Keys, cards, a genesis file, empty journals; and the reading of
 * a member's keys afterwards. No service makes a key or a journal by itself.
 */
@NullMarked
package org.constellation.platform.provision;

import org.jspecify.annotations.NullMarked;
