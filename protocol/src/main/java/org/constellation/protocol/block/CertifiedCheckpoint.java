package org.constellation.protocol.block;

/** A cluster's block as it goes up to the galaxy. */
public record CertifiedCheckpoint(
    CheckpointHeader header, Certificate certificate, CheckpointBody body) {}
