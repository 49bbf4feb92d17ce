package org.constellation.consensus.layer;

import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;

/**
 * A layer, the real one or one that was broken to see whether anybody notices.
 *
 * @param <B> the layer's block
 */
public interface LayerMachine<B> {

  /** Takes up what the journal knows. */
  LayerStep<B> start(long nowMillis);

  /** Takes an envelope of a member. */
  LayerStep<B> receive(int member, Envelope envelope, long nowMillis);

  /** Looks again, since the rules hold more. */
  LayerStep<B> poolChanged(long nowMillis);

  /** Lets time pass. */
  LayerStep<B> time(long nowMillis);

  /** Takes a certified block from elsewhere. */
  LayerStep<B> offerBlock(Bytes encoded, long nowMillis);

  /** How far it got. */
  LayerStatus status();

  /** The layer behind it, if that is the real one. */
  default Optional<Layer<B>> layer() {
    return Optional.empty();
  }

  /** Makes layers of one kind. */
  @FunctionalInterface
  interface Maker {

    /** A layer as its journal knows it. */
    <B> LayerMachine<B> make(
        LayerConfig config, LayerRules<B> rules, LayerPorts ports, LayerRecall recall);
  }

  /** The real layer. */
  static <B> LayerMachine<B> real(
      LayerConfig config, LayerRules<B> rules, LayerPorts ports, LayerRecall recall) {
    var layer = new Layer<>(config, rules, ports, recall);
    return new LayerMachine<>() {
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

      @Override
      public Optional<Layer<B>> layer() {
        return Optional.of(layer);
      }
    };
  }
}
