package org.constellation.simulation.network;

import java.util.List;
import java.util.function.Predicate;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopeHandler;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSealer;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.broker.Broker;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.byzantine.Tampering;
import org.constellation.simulation.time.Machine;

/** What leaves a Byzantine member: to each peer what is meant for it, by the broker's help. */
final class TamperedTransport implements Transport {

  private final Transport honest;
  private final Broker broker;
  private final Machine.Life life;
  private final MemberSeat seat;
  private final Tampering tampering;
  private final Tally tally;

  TamperedTransport(
      Transport honest,
      Broker broker,
      Machine.Life life,
      MemberSeat seat,
      Tampering tampering,
      Tally tally) {
    this.honest = honest;
    this.broker = broker;
    this.life = life;
    this.seat = seat;
    this.tampering = tampering;
    this.tally = tally;
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    var sealer = new EnvelopeSealer(sender, life.clock());
    return new EnvelopePublisher() {
      @Override
      public void publish(Topic topic, Bytes key, List<Bytes> messages) {
        tamper(sealer, topic, key, messages);
      }

      @Override
      public void close() {}
    };
  }

  private void tamper(EnvelopeSealer sealer, Topic topic, Bytes key, List<Bytes> messages) {
    switch (topic.purpose()) {
      case CONSENSUS -> {
        if (tampering.isSameForAll()) {
          send(sealer, topic, key, tampering.instead(seat.self(), messages), _ -> true);
          return;
        }
        for (var member = 0; member < seat.plan().members().size(); member++) {
          if (member != seat.self()) {
            var name = Founding.machine(seat.plan().committee(), member);
            send(sealer, topic, key, tampering.instead(member, messages), name::equals);
          }
        }
      }
      case SYNC -> send(sealer, topic, key, tampering.instead(receiver(key), messages), _ -> true);
      case CHECKPOINTS, BLOCKS -> {
        if (tampering.misbehaviour() == Misbehaviour.GARBAGE_CERTIFICATES) {
          var isGalaxy = topic.purpose() == Purpose.BLOCKS;
          for (var message : messages) {
            var forged = tampering.forged(message, isGalaxy, this::signature);
            send(sealer, topic, key, forged, _ -> true);
          }
        }
        others(sealer, topic, key, messages);
      }
      case GOSSIP, VERDICTS, INBOX, NOTICES, TABLES -> others(sealer, topic, key, messages);
    }
  }

  private Certificate.MemberSignature signature(Hash header) {
    return new Certificate.MemberSignature(
        seat.self(), seat.key().sign(Certificate.signedMessage(header)));
  }

  private void others(EnvelopeSealer sealer, Topic topic, Bytes key, List<Bytes> messages) {
    if (tampering.misbehaviour() == Misbehaviour.SILENT) {
      tally.count(Fault.MEMBER_WITHHOLDS);
    } else {
      send(sealer, topic, key, messages, _ -> true);
    }
  }

  private int receiver(Bytes key) {
    var members = seat.plan().members();
    for (var index = 0; index < members.size(); index++) {
      if (Bytes.copyOf(members.get(index).operationalKey().toBytes()).equals(key)) {
        return index;
      }
    }
    return seat.self();
  }

  private void send(
      EnvelopeSealer sealer, Topic topic, Bytes key, List<Bytes> messages, Predicate<String> sees) {
    if (messages.isEmpty()) {
      return;
    }
    sealer.seal(
        messages,
        value -> {
          life.effect("a record of " + topic);
          broker.publish(life.machine().name(), topic.name(), key, Bytes.copyOf(value), sees);
          if (tampering.misbehaviour() == Misbehaviour.FLOODS) {
            broker.publish(
                life.machine().name(), topic.name(), key, Bytes.copyOf(tampering.junk()), sees);
          }
        },
        _ -> {});
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    return honest.subscribe(
        subscription, batch -> handler.handle(batch.stream().map(this::unshown).toList()));
  }

  /** It does not let itself be silenced by what others hold signed from it. */
  private ReceivedEnvelope unshown(ReceivedEnvelope received) {
    if (received.topic().purpose() == Purpose.CONSENSUS) {
      tampering.heard(received.envelope());
    }
    if (received.topic().purpose() != Purpose.SYNC) {
      return received;
    }
    var sealed = received.envelope();
    var messages = sealed.messages().stream().map(tampering::unshown).toList();
    var envelope =
        new Envelope(sealed.header(), sealed.headerBytes(), messages, sealed.signature());
    return new ReceivedEnvelope(received.topic(), envelope, received.size());
  }

  @Override
  public void close() {}
}
