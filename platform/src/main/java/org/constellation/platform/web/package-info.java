/**
 * One error format for every HTTP answer of every service: problem details (RFC 9457) with a stable
 * code. What can go wrong in a feature is that feature's own list of codes.
 */
@NullMarked
package org.constellation.platform.web;

import org.jspecify.annotations.NullMarked;
