/**
 * Starts services of a network on one machine: all in one JVM, each in a Spring context of its own,
 * or one of them alone. What they do is theirs; broker and database run elsewhere.
 */
@NullMarked
package org.constellation.local.services;

import org.jspecify.annotations.NullMarked;
