package org.constellation.platform.member;

import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerStatus;
import org.constellation.consensus.layer.LayerStep;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;

/** What a driver drives: a {@link Layer}, or in tests something simpler. */
interface MemberCore<B> {

  LayerStep<B> start(long nowMillis);

  LayerStep<B> receive(int member, Envelope envelope, long nowMillis);

  LayerStep<B> poolChanged(long nowMillis);

  LayerStep<B> time(long nowMillis);

  LayerStep<B> offerBlock(Bytes encoded, long nowMillis);

  LayerStatus status();

  /** The real thing. */
  static <B> MemberCore<B> of(Layer<B> layer) {
    return new MemberCore<>() {
      @Override
      public LayerStep<B> start(long nowMillis) {
        return layer.start(nowMillis);
      }

      @Override
      public LayerStep<B> receive(int member, Envelope envelope, long nowMillis) {
        return layer.receive(member, envelope, nowMillis);
      }

      @Override
      public LayerStep<B> poolChanged(long nowMillis) {
        return layer.poolChanged(nowMillis);
      }

      @Override
      public LayerStep<B> time(long nowMillis) {
        return layer.time(nowMillis);
      }

      @Override
      public LayerStep<B> offerBlock(Bytes encoded, long nowMillis) {
        return layer.offerBlock(encoded, nowMillis);
      }

      @Override
      public LayerStatus status() {
        return layer.status();
      }
    };
  }
}
