package org.constellation.consensus.layer;

import java.util.Collections;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;

/**
 * One member of one committee in one era. Owned by one thread; every call returns what it caused.
 *
 * @param <B> the layer's block
 */
public final class Layer<B> {

  private final int members;

  /**
   * A member as its journal knows it; {@link #start} comes first.
   *
   * @param rules at the newest state that the service could restore; blocks that the journal has
   *     beyond it are appended by {@link #start}
   */
  public Layer(LayerConfig config, LayerRules<B> rules, LayerPorts ports, LayerRecall recall) {
    this.members = config.plan().members().size();
  }

  /** Takes up what the journal knows, and says again what may not have arrived. */
  public LayerStep<B> start(long nowMillis) {
    return LayerStep.idle();
  }

  /**
   * Takes an envelope of a member, from the consensus or the sync topic. The driver has checked
   * network, committee, era, signature, and that {@code member} is its sender.
   */
  public LayerStep<B> receive(int member, Envelope envelope, long nowMillis) {
    return LayerStep.idle();
  }

  /** Looks again, since the rules hold new entries, bodies or states. */
  public LayerStep<B> poolChanged(long nowMillis) {
    return LayerStep.idle();
  }

  /** Lets time pass; to be called every 20 to 50 ms. Drives pace, resends, pulls. */
  public LayerStep<B> time(long nowMillis) {
    return LayerStep.idle();
  }

  /**
   * Takes a certified block from elsewhere, for instance a checkpoint that came with a galaxy
   * block; ignored unless it follows the newest block.
   */
  public LayerStep<B> offerBlock(Bytes encoded, long nowMillis) {
    return LayerStep.idle();
  }

  /** What a health page or a metric wants to know. */
  public LayerStatus status() {
    var unheard = Collections.nCopies(members, 0L);
    return new LayerStatus(0, 0, unheard, unheard, 0, List.of("the layer is not there yet"));
  }
}
