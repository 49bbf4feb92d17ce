/**
 * Headers, certificates, receipts and contents of checkpoints and galaxy blocks. How a block comes
 * about is agreed elsewhere; here is what it is and how it is checked.
 */
@NullMarked
package org.constellation.protocol.block;

import org.jspecify.annotations.NullMarked;
