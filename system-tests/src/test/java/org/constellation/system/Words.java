package org.constellation.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.VoteCodec;

/**
 * Every vote that the members of a committee cast, as whoever keeps all records of a broker has
 * them: who said two things in one slot is seen here, also if no member heard both. By operational
 * key, in hexadecimal.
 */
final class Words implements AutoCloseable {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private final Map<String, Map<Vote.Slot, Set<Bytes>>> said = new TreeMap<>();

  Words(Records records, String topic) {
    this.consumer = records.consumer();
    this.partition = Records.partitions(List.of(topic)).getFirst();
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  /** What a member has said until now: mostly one value in a slot. */
  Map<Vote.Slot, Set<Bytes>> of(String key) {
    read();
    var copy = new HashMap<Vote.Slot, Set<Bytes>>();
    said.getOrDefault(key, Map.of()).forEach((slot, values) -> copy.put(slot, Set.copyOf(values)));
    return copy;
  }

  /** The last round in which a member has said something; 0 if there is none. */
  long newestRound(String key) {
    return of(key).keySet().stream().mapToLong(Vote.Slot::round).max().orElse(0);
  }

  /** Whether somebody else has voted for what a member proposed in a round. */
  boolean isEchoed(String key, long round) {
    var instance =
        of(key).keySet().stream()
            .filter(slot -> slot.round() == round && slot.kind() == Vote.Kind.PROPOSE)
            .mapToInt(Vote.Slot::instance)
            .findFirst();
    return instance.isPresent()
        && said.entrySet().stream()
            .filter(member -> !member.getKey().equals(key))
            .flatMap(member -> member.getValue().keySet().stream())
            .anyMatch(
                slot ->
                    slot.round() == round
                        && slot.kind() == Vote.Kind.ECHO
                        && slot.instance() == instance.getAsInt());
  }

  /** In which slots who has said two things. */
  Map<String, Set<Vote.Slot>> contradictions() {
    read();
    var found = new TreeMap<String, Set<Vote.Slot>>();
    said.forEach(
        (key, slots) ->
            slots.forEach(
                (slot, values) -> {
                  if (values.size() > 1) {
                    found.computeIfAbsent(key, _ -> new HashSet<>()).add(slot);
                  }
                }));
    return found;
  }

  private void read() {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      for (var record : consumer.poll(POLL)) {
        EnvelopeCodec.open(Bytes.copyOf(record.value())).toOptional().ifPresent(this::note);
      }
    }
  }

  private void note(Envelope envelope) {
    var slots = said.computeIfAbsent(envelope.header().sender().toHex(), _ -> new HashMap<>());
    for (var message : envelope.messages()) {
      // What is no vote contradicts nothing.
      VoteCodec.decode(message)
          .toOptional()
          .ifPresent(
              vote -> slots.computeIfAbsent(vote.slot(), _ -> new HashSet<>()).add(vote.value()));
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
