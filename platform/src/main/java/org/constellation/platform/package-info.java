/**
 * What every service stands on: how its messages travel, what it keeps on disk, how it answers and
 * how it is watched. What the messages mean is decided in {@code protocol} and {@code consensus}.
 */
@NullMarked
package org.constellation.platform;

import org.jspecify.annotations.NullMarked;
