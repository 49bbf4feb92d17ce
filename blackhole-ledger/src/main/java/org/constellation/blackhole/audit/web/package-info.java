/** The operator's way to an audit. */
@NullMarked
package org.constellation.blackhole.audit.web;

import org.jspecify.annotations.NullMarked;
