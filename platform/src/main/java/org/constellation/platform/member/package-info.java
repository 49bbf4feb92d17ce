/**
 * Drives one committee member: the only place where what its layer decides becomes durable state
 * and traffic. What it decides is {@code consensus.layer}'s business.
 */
@NullMarked
package org.constellation.platform.member;

import org.jspecify.annotations.NullMarked;
