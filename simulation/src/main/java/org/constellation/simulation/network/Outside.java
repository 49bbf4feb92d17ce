package org.constellation.simulation.network;

import java.util.List;
import java.util.function.Predicate;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
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

  void send(Topic topic, List<Bytes> messages) {
    send(topic, messages, _ -> true);
  }

  void send(Topic topic, List<Bytes> messages, Predicate<String> sees) {
    var header =
        new Envelope.Header(
            world.genesis().network(),
            committee,
            0,
            key.publicKey(),
            ++counter,
            Founding.START_MILLIS);
    var sealed = EnvelopeCodec.encode(EnvelopeCodec.seal(header, messages, key));
    world.broker().publish(name, topic.name(), Bytes.EMPTY, sealed, sees);
  }
}
