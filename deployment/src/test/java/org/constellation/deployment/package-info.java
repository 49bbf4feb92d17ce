/**
 * What the Helm chart makes, rendered by Helm's own engine and read as Kubernetes reads it, and
 * what {@code docker-compose.yml} says, and whether both fit the services' real configuration. No
 * cluster and no engine is asked: that pods come up is not shown here, and containers are by {@code
 * docker/try}.
 */
@NullMarked
package org.constellation.deployment;

import org.jspecify.annotations.NullMarked;
