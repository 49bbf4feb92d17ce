/** The galaxy over HTTP, as the members of this process see it. */
@NullMarked
package org.constellation.galaxyservice.member.web;

import org.jspecify.annotations.NullMarked;
