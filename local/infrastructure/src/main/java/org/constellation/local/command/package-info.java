/**
 * What a user types. Each command reads its options, calls the packages beside this one, and says
 * what happened; nothing is decided here that another program might need.
 */
@NullMarked
package org.constellation.local.command;

import org.jspecify.annotations.NullMarked;
