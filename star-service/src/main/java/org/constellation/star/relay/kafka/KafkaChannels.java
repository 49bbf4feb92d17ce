package org.constellation.star.relay.kafka;

import java.util.List;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.constellation.star.relay.Channels;
import org.springframework.stereotype.Component;

/** Many segments to an envelope; without a key, since an envelope carries those of many stars. */
@Component
class KafkaChannels implements Channels {

  private final EnvelopePublisher publisher;
  private final Topics topics;

  KafkaChannels(EnvelopePublisher publisher, Topics topics) {
    this.publisher = publisher;
    this.topics = topics;
  }

  @Override
  public void gossip(int cluster, List<Bytes> segments) {
    publisher.publish(topics.gossip(cluster), Bytes.EMPTY, segments);
  }

  @Override
  public void inbox(List<Bytes> segments) {
    publisher.publish(topics.inbox(), Bytes.EMPTY, segments);
  }

  @Override
  public void notices(List<Bytes> notices) {
    publisher.publish(topics.notices(), Bytes.EMPTY, notices);
  }
}
