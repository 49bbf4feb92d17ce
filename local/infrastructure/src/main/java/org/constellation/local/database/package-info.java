/**
 * PostgreSQL from the binaries on the class path: unpacked once per machine, durable as in
 * production, always a process of its own. What is stored in it is the services' business.
 */
@NullMarked
package org.constellation.local.database;

import org.jspecify.annotations.NullMarked;
