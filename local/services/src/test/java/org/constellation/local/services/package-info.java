/** Tests of networks whose services share this JVM, with a real broker and a real database. */
@NullMarked
package org.constellation.local.services;

import org.jspecify.annotations.NullMarked;
