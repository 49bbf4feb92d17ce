/**
 * A network in virtual time that one seed drives: it delays, reorders, repeats and loses until
 * resent; members crash and come back; some are Byzantine. With it come checkers of what must hold
 * in every run, and worlds made of subsets and of single agreements. Nothing here knows what a
 * packet means but the parts named after votes, coins and agreements, and the conspiracy.
 */
@NullMarked
package org.constellation.consensus.testkit;

import org.jspecify.annotations.NullMarked;
