package org.constellation.local.byzantine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.time.Dice;

/** What a member's code says, and what becomes of it. Services that sit nowhere are left alone. */
final class ByzantineTransport implements Transport {

  /** Records without any meaning for each message that is flooded. */
  private static final int JUNK_RECORDS = 20;

  private final Transport honest;
  private final Producer<byte[], byte[]> producer;
  private final Genesis genesis;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Dice dice;
  private final Map<String, Conduct> conducts = new ConcurrentHashMap<>();

  ByzantineTransport(
      Transport honest,
      Producer<byte[], byte[]> producer,
      Genesis genesis,
      Clock clock,
      MeterRegistry meters,
      Dice dice) {
    this.honest = honest;
    this.producer = producer;
    this.genesis = genesis;
    this.clock = clock;
    this.meters = meters;
    this.dice = dice;
  }

  @Override
  public EnvelopePublisher publisher(Sender sender) {
    return seatOf(sender)
        .<EnvelopePublisher>map(
            seat ->
                new Tampered(
                    seat,
                    conducts.computeIfAbsent(seat.name(), _ -> new Conduct(seat, dice, meters)),
                    new EnvelopeSealer(sender, clock)))
        .orElseGet(() -> honest.publisher(sender));
  }

  private Optional<MemberSeat> seatOf(Sender sender) {
    return Stream.concat(Stream.of(genesis.galaxy()), genesis.clusters().stream())
        .filter(plan -> plan.committee().equals(sender.committee()))
        .flatMap(plan -> MemberSeat.of(sender.network(), plan, sender.key()).stream())
        .findFirst();
  }

  /** One member's way to send. */
  private final class Tampered implements EnvelopePublisher {
    private final MemberSeat seat;
    private final Conduct conduct;
    private final EnvelopeSealer sealer;

    private Tampered(MemberSeat seat, Conduct conduct, EnvelopeSealer sealer) {
      this.seat = seat;
      this.conduct = conduct;
      this.sealer = sealer;
    }

    @Override
    public void publish(Topic topic, Bytes key, List<Bytes> messages) {
      switch (topic.purpose()) {
        case CONSENSUS -> toAll(topic, messages);
        case SYNC -> send(topic, key, insteadFor(receiver(key), messages));
        case CHECKPOINTS, BLOCKS -> {
          var isGalaxy = topic.purpose() == Purpose.BLOCKS;
          messages.forEach(message -> send(topic, key, conduct.forged(message, isGalaxy)));
          send(topic, key, messages);
        }
        case GOSSIP, VERDICTS, INBOX, NOTICES, TABLES -> send(topic, key, messages);
      }
    }

    private List<Bytes> insteadFor(int receiver, List<Bytes> messages) {
      return messages.stream()
          .flatMap(message -> conduct.instead(receiver, message).stream())
          .toList();
    }

    private int receiver(Bytes key) {
      for (var member = 0; member < seat.plan().members().size(); member++) {
        if (address(member).equals(key)) {
          return member;
        }
      }
      return seat.self();
    }

    private Bytes address(int member) {
      return Bytes.copyOf(seat.plan().members().get(member).operationalKey().toBytes());
    }

    private void toAll(Topic topic, List<Bytes> messages) {
      // Under each key, what the holder of that key is not to hear.
      var outgoing = new LinkedHashMap<Bytes, List<Bytes>>();
      for (var message : messages) {
        if (conduct.isSameForAll(message)) {
          put(outgoing, seat.address(), conduct.instead(seat.self(), message));
        } else {
          split(message).forEach((hidden, shown) -> put(outgoing, hidden, shown));
        }
        if (conduct.wayOf(message) == Misbehaviour.FLOODS) {
          flood(topic);
        }
      }
      outgoing.forEach((key, shown) -> send(topic, key, shown));
    }

    private static void put(Map<Bytes, List<Bytes>> outgoing, Bytes key, List<Bytes> messages) {
      outgoing.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(messages);
    }

    /** As many versions as members are to hear, each kept from one who is to hear another. */
    private Map<Bytes, List<Bytes>> split(Bytes message) {
      var versions = new LinkedHashMap<List<Bytes>, TreeSet<Integer>>();
      for (var member = 0; member < seat.plan().members().size(); member++) {
        if (member != seat.self()) {
          versions
              .computeIfAbsent(conduct.instead(member, message), _ -> new TreeSet<>())
              .add(member);
        }
      }
      var shown = new LinkedHashMap<Bytes, List<Bytes>>();
      versions.forEach((version, hearers) -> put(shown, hiddenFrom(hearers), version));
      return shown;
    }

    /** The key of a member that is none of {@code hearers}: its own if everybody is. */
    private Bytes hiddenFrom(Set<Integer> hearers) {
      for (var member = 0; member < seat.plan().members().size(); member++) {
        if (member != seat.self() && !hearers.contains(member)) {
          return address(member);
        }
      }
      return seat.address();
    }

    private void flood(Topic topic) {
      for (var record = 0; record < JUNK_RECORDS; record++) {
        send(topic, seat.address(), conduct.junk());
      }
    }

    private void send(Topic topic, Bytes key, List<Bytes> messages) {
      sealer.seal(messages, value -> send(topic, key, value), _ -> {});
    }

    private void send(Topic topic, Bytes key, byte[] value) {
      // What gets lost is nobody's loss.
      var _ = producer.send(new ProducerRecord<>(topic.name(), key.toArray(), value));
    }

    @Override
    public void close() {}
  }

  @Override
  public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler handler) {
    return honest.subscribe(
        subscription, batch -> handler.handle(batch.stream().map(this::unshown).toList()));
  }

  /** It does not let itself be silenced by what others hold signed from it. */
  private ReceivedEnvelope unshown(ReceivedEnvelope received) {
    var conduct = conducts.values().stream().findFirst();
    if (received.topic().purpose() != Purpose.SYNC || conduct.isEmpty()) {
      return received;
    }
    var sealed = received.envelope();
    var messages = sealed.messages().stream().map(conduct.get()::unshown).toList();
    return new ReceivedEnvelope(
        received.topic(),
        new Envelope(sealed.header(), sealed.headerBytes(), messages, sealed.signature()),
        received.size());
  }

  @Override
  public void close() {
    producer.close();
    honest.close();
  }
}
