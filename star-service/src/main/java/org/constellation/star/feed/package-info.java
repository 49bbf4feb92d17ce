/**
 * Who listens to which transactions and stars. Listeners are told after the commit; what they
 * missed they read from the database by the last place in the feed that they know.
 */
@NullMarked
package org.constellation.star.feed;

import org.jspecify.annotations.NullMarked;
