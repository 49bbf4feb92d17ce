/**
 * The service that hosts galaxy members. What the galaxy's rules are is {@code consensus.galaxy}'s
 * business.
 */
@NullMarked
package org.constellation.galaxyservice;

import org.jspecify.annotations.NullMarked;
