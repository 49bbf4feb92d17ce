/**
 * What a service says of a database that it cannot use as it was told to. Nothing here opens a
 * connection, and what a request is answered meanwhile stands in {@code web}.
 */
@NullMarked
package org.constellation.platform.database;

import org.jspecify.annotations.NullMarked;
