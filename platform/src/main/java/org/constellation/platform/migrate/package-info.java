/**
 * The migration of a service's schema by itself, for deployments in which the service may not
 * change it. What is migrated stands in each service's resources.
 */
@NullMarked
package org.constellation.platform.migrate;

import org.jspecify.annotations.NullMarked;
