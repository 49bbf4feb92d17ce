/** What only the operator sees and does. */
@NullMarked
package org.constellation.star.operator;

import org.jspecify.annotations.NullMarked;
