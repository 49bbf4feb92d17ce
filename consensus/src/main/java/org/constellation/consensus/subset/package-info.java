/**
 * Agreement on a common subset (ACS): of n proposals, all correct members take the same n−f or
 * more; with it the round's beacon. What proposals contain, and the block made from them, belong to
 * the layer.
 */
@NullMarked
package org.constellation.consensus.subset;

import org.jspecify.annotations.NullMarked;
