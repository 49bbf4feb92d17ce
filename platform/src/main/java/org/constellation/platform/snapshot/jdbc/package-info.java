/** Snapshots in the database of a service that has one. */
@NullMarked
package org.constellation.platform.snapshot.jdbc;

import org.jspecify.annotations.NullMarked;
