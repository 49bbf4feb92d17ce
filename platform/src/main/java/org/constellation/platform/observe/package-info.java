/**
 * How a service is watched: the names of its metrics, the reasons in its health, and whose log line
 * is whose. What is measured is decided where it happens.
 */
@NullMarked
package org.constellation.platform.observe;

import org.jspecify.annotations.NullMarked;
