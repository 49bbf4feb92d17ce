package org.constellation.blackhole.query;

/**
 * A star as the newest block that concerned it left it.
 *
 * @param home number of its cluster
 * @param sequence length of its executed chain
 * @param head id of the last half-block of that chain, zeroes before the first
 * @param marked whether it forked its chain, with evidence in the ledger
 */
public record StarView(String star, int home, long sequence, String head, boolean marked) {}
