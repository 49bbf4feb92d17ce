/**
 * Sends many payments at once and learns how each of them ended, whatever stops answering in
 * between. Knows nothing of where the payments come from.
 */
@NullMarked
package org.constellation.local.client.load;

import org.jspecify.annotations.NullMarked;
