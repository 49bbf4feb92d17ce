package org.constellation.simulation.network;

import java.util.List;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopeHandler;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;

/** Tells what one life of a machine says, and of every batch that it took. */
record WitnessedTransport(Transport transport, Witness witness) implements Transport {

  /** Is told. */
  @FunctionalInterface
  interface Witness {
    /** A batch that was taken. */
    void heard(List<ReceivedEnvelope> batch);

    /** What is published. */
    default void said(Topic topic, List<Bytes> messages) {}
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    var publisher = transport.publisher(sender);
    return new EnvelopePublisher() {
      @Override
      public void publish(Topic topic, Bytes key, List<Bytes> messages) {
        publisher.publish(topic, key, messages);
        witness.said(topic, messages);
      }

      @Override
      public void close() {
        publisher.close();
      }
    };
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    return transport.subscribe(
        subscription,
        batch -> {
          var isTaken = handler.handle(batch);
          if (isTaken) {
            witness.heard(batch);
          }
          return isTaken;
        });
  }

  @Override
  public void close() {
    transport.close();
  }
}
