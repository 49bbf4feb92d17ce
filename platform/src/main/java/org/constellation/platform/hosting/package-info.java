/**
 * What the services that host committee members have in common: putting a member's ports together,
 * and handing its certified blocks to the next layer until they have arrived. What a member decides
 * lives in {@code consensus}.
 */
@NullMarked
package org.constellation.platform.hosting;

import org.jspecify.annotations.NullMarked;
