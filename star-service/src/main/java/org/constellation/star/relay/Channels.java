package org.constellation.star.relay;

import java.util.List;
import org.constellation.protocol.Bytes;

/** The ways out. None of them promises to deliver. */
public interface Channels {

  /** Encoded segments, to a cluster. */
  void gossip(int cluster, List<Bytes> segments);

  /** Encoded segments with proposals, to whoever serves the counterparties. */
  void inbox(List<Bytes> segments);

  /** Encoded notices, to the galaxy. */
  void notices(List<Bytes> notices);
}
