/**
 * The common coin: randomness that nobody knows before f+1 members have released their shares, and
 * that all members then see alike. The threshold coin of Cachin, Kursawe and Shoup on P-256 with
 * hash-to-curve of RFC 9380, its keys, and the beacon. When a share may be released is decided by
 * the machines that toss.
 */
@NullMarked
package org.constellation.consensus.coin;

import org.jspecify.annotations.NullMarked;
