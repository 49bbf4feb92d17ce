package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;

/** What a Byzantine star writes, without anybody's leave. */
final class BadChain {

  private final Hash network;
  private final SigningKey key;
  private final StarId star;
  private final List<Segment> written = new ArrayList<>();

  /** Where a half-block can follow. */
  record Place(long sequence, Hash id) {}

  BadChain(Hash network, SigningKey key) {
    this.network = network;
    this.key = key;
    this.star = new StarId(key.publicKey());
  }

  StarId star() {
    return star;
  }

  /** What it has written, oldest first. */
  List<Segment> written() {
    return written;
  }

  /** The end of what it has written. */
  Place head() {
    if (written.isEmpty()) {
      return new Place(0, Hash.ZERO);
    }
    var last = written.getLast().last();
    return new Place(last.sequence(), last.id());
  }

  /** Goes on where it ended. */
  Segment write(List<Body> bodies) {
    return keep(sign(head(), bodies));
  }

  Segment keep(Segment segment) {
    written.add(segment);
    return segment;
  }

  /** Signs something, and does not keep it. */
  Segment sign(Place after, List<Body> bodies) {
    return sign(network, after, bodies);
  }

  /** As if for another network; kept nowhere. */
  Segment foreign(List<Body> bodies) {
    return sign(Hashing.tagged("SIMULATED-NETWORK").finish(), head(), bodies);
  }

  private Segment sign(Hash anyNetwork, Place after, List<Body> bodies) {
    var halfBlocks = new ArrayList<HalfBlock>();
    var place = after;
    for (var body : bodies) {
      var next = ChainCodec.halfBlock(anyNetwork, star, place.sequence() + 1, place.id(), body);
      halfBlocks.add(next);
      place = new Place(next.sequence(), next.id());
    }
    return Segment.of(key.publicKey(), halfBlocks, key.sign(Segment.signedMessage(place.id())));
  }
}
