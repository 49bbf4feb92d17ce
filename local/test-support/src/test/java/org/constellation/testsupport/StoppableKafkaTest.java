package org.constellation.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class StoppableKafkaTest {

  private static final int WAIT_SECONDS = 60;

  @Test
  void comesBackOnItsAddressWithItsTopicsAndWithoutThemWhenItLosesItsData() throws Exception {
    try (var kafka = new StoppableKafka();
        var admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      kafka.start();
      admin
          .createTopics(Set.of(new NewTopic("stars", Optional.of(1), Optional.empty())))
          .all()
          .get(WAIT_SECONDS, TimeUnit.SECONDS);

      kafka.stop();
      kafka.start();
      assertThat(admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS)).contains("stars");

      kafka.loseData();
      kafka.start();
      assertThat(admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS)).isEmpty();
    }
  }
}
