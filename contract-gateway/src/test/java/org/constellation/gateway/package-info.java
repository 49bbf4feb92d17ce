/** The front door before services that are told what to say. */
@NullMarked
package org.constellation.gateway;

import org.jspecify.annotations.NullMarked;
