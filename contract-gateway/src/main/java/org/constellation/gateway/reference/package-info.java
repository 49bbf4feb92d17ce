/** The API's description, for people and programs. */
@NullMarked
package org.constellation.gateway.reference;

import org.jspecify.annotations.NullMarked;
