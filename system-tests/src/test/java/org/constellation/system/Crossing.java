package org.constellation.system;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What becomes of records on their way to another broker: its reader finds others there than the
 * readers of the first one. Safe for use by two threads.
 */
final class Crossing {

  /** A lie about a record. */
  enum Lie {
    /** It never was. */
    WITHHELD,
    /** It comes later, after others. */
    HELD_BACK,
    /** In its place stands one of long ago, under its own key. */
    REPLACED,
    /** Some of its bytes are others. */
    SPOILT,
    /** It is there twice. */
    REPEATED
  }

  private static final int REMEMBERED_MAX = 500;
  private static final int HELD_MAX = 20;

  private final RandomGenerator random;
  private final List<ConsumerRecord<byte[], byte[]>> remembered = new ArrayList<>();
  private final Deque<ConsumerRecord<byte[], byte[]>> held = new ArrayDeque<>();
  private final Map<Lie, Integer> lies = new EnumMap<>(Lie.class);
  private boolean lying;

  Crossing(long seed) {
    this.random = new SplittableRandom(seed);
  }

  synchronized void lie(boolean begin) {
    lying = begin;
  }

  /** How often it told each lie. */
  synchronized Map<Lie, Integer> lies() {
    return new EnumMap<>(lies);
  }

  /** What arrives instead of a record, with what was held back and now goes on. */
  synchronized List<ProducerRecord<byte[], byte[]>> instead(ConsumerRecord<byte[], byte[]> record) {
    var arriving = new ArrayList<ProducerRecord<byte[], byte[]>>();
    if (lying && random.nextInt(100) < 50) {
      var lie = Lie.values()[random.nextInt(Lie.values().length)];
      tell(lie, record, arriving);
    } else {
      arriving.add(same(record));
    }
    while (held.size() > (lying ? HELD_MAX : 0)) {
      arriving.add(same(held.removeLast()));
    }
    remember(record);
    return arriving;
  }

  private void tell(
      Lie lie,
      ConsumerRecord<byte[], byte[]> record,
      List<ProducerRecord<byte[], byte[]>> arriving) {
    lies.merge(lie, 1, Integer::sum);
    switch (lie) {
      case WITHHELD -> {}
      case HELD_BACK -> held.addFirst(record);
      case REPLACED -> {
        if (!remembered.isEmpty()) {
          arriving.add(same(remembered.get(random.nextInt(remembered.size()))));
        }
      }
      case SPOILT -> arriving.add(spoilt(record));
      case REPEATED -> {
        arriving.add(same(record));
        arriving.add(same(record));
      }
    }
  }

  private void remember(ConsumerRecord<byte[], byte[]> record) {
    if (remembered.size() < REMEMBERED_MAX) {
      remembered.add(record);
    } else {
      remembered.set(random.nextInt(REMEMBERED_MAX), record);
    }
  }

  private ProducerRecord<byte[], byte[]> spoilt(ConsumerRecord<byte[], byte[]> record) {
    var bytes = record.value().clone();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return new ProducerRecord<>(record.topic(), null, record.key(), bytes, record.headers());
  }

  private static ProducerRecord<byte[], byte[]> same(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), null, record.key(), record.value(), record.headers());
  }
}
