package org.constellation.star.relay;

import java.util.List;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;

/** Many segments to an envelope; without a key, since an envelope carries those of many stars. */
public final class EnvelopeChannels implements Channels {

  private final EnvelopePublisher publisher;
  private final Topics topics;

  /**
   * @param publisher in the service's name; stays the caller's to close
   */
  public EnvelopeChannels(EnvelopePublisher publisher, Topics topics) {
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
