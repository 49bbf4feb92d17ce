/** How every controller of this service reads ids, tokens and amounts, and writes them. */
@NullMarked
package org.constellation.star.api;

import org.jspecify.annotations.NullMarked;
