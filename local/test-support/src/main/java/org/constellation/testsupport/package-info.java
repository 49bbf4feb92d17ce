/**
 * A real PostgreSQL and a real Kafka broker for tests, one of each per JVM. Belongs on test class
 * paths only: it brings the broker's own libraries, which no service may meet.
 */
@NullMarked
package org.constellation.testsupport;

import org.jspecify.annotations.NullMarked;
