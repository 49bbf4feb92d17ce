package org.constellation.consensus.layer;

/**
 * What a finished round took, for metrics.
 *
 * @param startedMillis when this member proposed; 0 if it never did
 * @param builtMillis when it had the block
 * @param certifiedMillis when it had the certificate
 * @param votesSent this member's votes, without resends
 * @param votesReceived counted ones and repeats
 * @param bytesReceived of votes and payloads
 * @param pulls messages that asked for something that the round needed
 * @param resends how often this member sent all its votes again
 * @param agreed proposals that were agreed on; 0 if the block came from a peer
 */
public record RoundReport(
    long round,
    long startedMillis,
    long builtMillis,
    long certifiedMillis,
    int votesSent,
    int votesReceived,
    long bytesReceived,
    int pulls,
    int resends,
    int agreed) {}
