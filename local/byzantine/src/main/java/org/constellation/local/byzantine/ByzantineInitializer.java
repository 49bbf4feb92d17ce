package org.constellation.local.byzantine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.block.Genesis;
import org.constellation.simulation.time.Dice;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Puts a {@link ByzantineTransport} before the transport of every context in its process. The
 * system property {@value #SEED} is what its dice are thrown from.
 */
public final class ByzantineInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  /** A number. */
  static final String SEED = "byzantine.seed";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    var seed = Long.parseLong(context.getEnvironment().getRequiredProperty(SEED));
    context
        .getBeanFactory()
        .addBeanPostProcessor(
            new BeanPostProcessor() {
              @Override
              public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Transport honest ? byzantine(honest, context, seed) : bean;
              }
            });
  }

  private static Transport byzantine(
      Transport honest, ConfigurableApplicationContext context, long seed) {
    var settings = context.getBean(KafkaProperties.class).buildProducerProperties();
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Purpose.RECORD_BYTES_MAX);
    return new ByzantineTransport(
        honest,
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
        context.getBean(Genesis.class),
        context.getBean(Clock.class),
        context.getBean(MeterRegistry.class),
        new Dice(seed));
  }
}
