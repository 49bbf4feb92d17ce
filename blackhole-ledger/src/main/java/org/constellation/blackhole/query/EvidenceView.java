package org.constellation.blackhole.query;

/** Proven misbehaviour: {@code evidence} holds the two contradicting statements in hexadecimal. */
public record EvidenceView(
    long height, int position, String kind, String culprit, String evidence) {}
