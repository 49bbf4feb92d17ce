/**
 * The house's rules as tests over every module's compiled classes and sources. A rule that concerns
 * one module only is that module's own test.
 */
@NullMarked
package org.constellation.architecture;

import org.jspecify.annotations.NullMarked;
