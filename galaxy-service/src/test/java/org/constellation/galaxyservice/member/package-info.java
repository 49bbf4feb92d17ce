/** What a galaxy member believes of others. */
@NullMarked
package org.constellation.galaxyservice.member;

import org.jspecify.annotations.NullMarked;
