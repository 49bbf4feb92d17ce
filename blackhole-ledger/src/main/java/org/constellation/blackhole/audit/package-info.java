/**
 * Checks again, from the genesis file on, everything that is stored; trusts no certificate's word.
 */
@NullMarked
package org.constellation.blackhole.audit;

import org.jspecify.annotations.NullMarked;
