/**
 * Every topic of a network, declared in one place, and the keeper that sees to it that they exist.
 * Who reads and writes them is the services' business.
 */
@NullMarked
package org.constellation.platform.topics;

import org.jspecify.annotations.NullMarked;
