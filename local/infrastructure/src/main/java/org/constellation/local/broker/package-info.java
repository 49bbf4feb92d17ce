/**
 * A Kafka broker (KRaft, one node) inside this JVM. Its libraries stay on this artefact's class
 * path and never meet a service's.
 */
@NullMarked
package org.constellation.local.broker;

import org.jspecify.annotations.NullMarked;
