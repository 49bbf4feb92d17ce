/**
 * Messages that reach the galaxy without passing any cluster: joining, moving, checking in,
 * offering and withdrawing oneself as a committee member, and key generation.
 */
@NullMarked
package org.constellation.protocol.notice;

import org.jspecify.annotations.NullMarked;
