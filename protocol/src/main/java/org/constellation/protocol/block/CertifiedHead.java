package org.constellation.protocol.block;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;

/**
 * A header of either layer with its certificate and without what it heads, as evidence shows it.
 */
public sealed interface CertifiedHead {

  /** Of a cluster's block. */
  record OfCheckpoint(CheckpointHeader header, Certificate certificate) implements CertifiedHead {
    @Override
    public Hash network() {
      return header.network();
    }

    @Override
    public Committee committee() {
      return Committee.ofCluster(header.cluster());
    }

    @Override
    public long era() {
      return header.era();
    }

    @Override
    public long round() {
      return header.round();
    }

    @Override
    public Hash hash() {
      return header.hash();
    }
  }

  /** Of a galaxy block. */
  record OfGalaxyBlock(GalaxyHeader header, Certificate certificate) implements CertifiedHead {
    @Override
    public Hash network() {
      return header.network();
    }

    @Override
    public Committee committee() {
      return Committee.GALAXY;
    }

    @Override
    public long era() {
      return header.era();
    }

    @Override
    public long round() {
      return header.height();
    }

    @Override
    public Hash hash() {
      return header.hash();
    }
  }

  /** Hash of the genesis file that the header names. */
  Hash network();

  /** Whose header it says it is. */
  Committee committee();

  /** The committee's era that it names. */
  long era();

  /** A cluster's round, the galaxy's height. */
  long round();

  /** Hash of the header. */
  Hash hash();

  /** The signatures under it, which somebody has yet to check. */
  Certificate certificate();
}
