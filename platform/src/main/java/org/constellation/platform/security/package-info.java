/**
 * Bearer tokens, logins, the audit log, and keys at rest. Who may do what is decided by the
 * features that ask.
 */
@NullMarked
package org.constellation.platform.security;

import org.jspecify.annotations.NullMarked;
