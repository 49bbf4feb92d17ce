/** Server-sent events. */
@NullMarked
package org.constellation.star.feed.web;

import org.jspecify.annotations.NullMarked;
