/**
 * Turns a file of interactions into payments between stars: reads the file, opens a star for
 * everybody in it, funds them, and sends every row, so that a run that was stopped can go on.
 */
@NullMarked
package org.constellation.local.client.imports;

import org.jspecify.annotations.NullMarked;
