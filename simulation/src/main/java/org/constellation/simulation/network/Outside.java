package org.constellation.simulation.network;

import java.util.List;
import java.util.function.Consumer;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.EnvelopeCodec;

/** Sends what nobody's program would send, in sound envelopes all the same. */
final class Outside {

  private final World world;
  private final String name;
  private final SigningKey key;
  private final Committee committee;
  private long counter;

  /**
   * @param name who it is, for the broker
   * @param key signs the envelopes
   */
  Outside(World world, String name, SigningKey key, Committee committee) {
    this.world = world;
    this.name = name;
    this.key = key;
    this.committee = committee;
  }

  /** Has somebody told of every segment that is gossiped. */
  static void overhear(World world, Consumer<Segment> listener) {
    world
        .broker()
        .observe(
            record -> {
              if (record.topic().endsWith(".gossip.v1")) {
                record
                    .envelope()
                    .ifPresent(
                        envelope ->
                            envelope
                                .messages()
                                .forEach(
                                    message ->
                                        ChainCodec.decodeSegment(message)
                                            .toOptional()
                                            .ifPresent(listener)));
              }
            });
  }

  /** As a star's service does. */
  void gossip(int cluster, Segment segment) {
    send(world.topics().gossip(cluster), List.of(ChainCodec.encode(segment)));
  }

  void send(Topic topic, List<Bytes> messages) {
    send(topic, Bytes.EMPTY, messages);
  }

  /** To whom the record is keyed. */
  void send(Topic topic, Bytes address, List<Bytes> messages) {
    var header =
        new Envelope.Header(
            world.genesis().network(),
            committee,
            0,
            key.publicKey(),
            ++counter,
            Founding.START_MILLIS);
    var sealed = EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, key));
    world.broker().publish(name, topic.name(), address, sealed);
  }
}
