package org.constellation.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class RealKafkaTest {

  private static final int WAIT_SECONDS = 30;

  @Test
  void takesARecordOfFourMebibytes() throws Exception {
    Map<String, Object> clients =
        Map.of(
            "bootstrap.servers",
            RealKafka.bootstrapServers(),
            "max.request.size",
            RealKafka.RECORD_BYTES_MAX);
    try (var admin = Admin.create(clients);
        var producer =
            new KafkaProducer<>(clients, new ByteArraySerializer(), new ByteArraySerializer())) {
      admin
          .createTopics(Set.of(new NewTopic("large", Optional.of(1), Optional.empty())))
          .all()
          .get(WAIT_SECONDS, TimeUnit.SECONDS);

      var stored =
          producer
              .send(new ProducerRecord<>("large", new byte[4 * 1024 * 1024]))
              .get(WAIT_SECONDS, TimeUnit.SECONDS);

      assertThat(stored.offset()).isZero();
    }
  }
}
