/** The clusters of this process over HTTP. */
@NullMarked
package org.constellation.clusterconsensus.facilitator.web;

import org.jspecify.annotations.NullMarked;
