/**
 * What the Helm chart makes, rendered by Helm's own engine and read as Kubernetes reads it, and
 * whether it fits the services' real configuration. No cluster is asked: that pods come up there is
 * not shown here.
 */
@NullMarked
package org.constellation.deployment;

import org.jspecify.annotations.NullMarked;
