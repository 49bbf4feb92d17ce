package org.constellation.blackhole.query;

/**
 * Proven misbehaviour.
 *
 * @param culprit who signed both statements: a star's first key, or a member's operational key
 * @param star that is to blame: the same as text, or the one that the member serves
 * @param evidence the two contradicting statements, in hexadecimal
 */
public record EvidenceView(
    long height, int position, String kind, String culprit, String star, String evidence) {}
