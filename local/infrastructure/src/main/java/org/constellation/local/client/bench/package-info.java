/**
 * Loads a running network with payments through its HTTP interface and tells what it took, how long
 * each waited, and what that cost which process.
 */
@NullMarked
package org.constellation.local.client.bench;

import org.jspecify.annotations.NullMarked;
