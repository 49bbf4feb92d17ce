/** Transactions and signed segments over HTTP. */
@NullMarked
package org.constellation.star.transaction.web;

import org.jspecify.annotations.NullMarked;
