package org.constellation.platform.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.constellation.protocol.envelope.Committee;

/**
 * The topics of one network: {@code constellation.<network>.<layer>.<purpose>.v1}. No other class
 * makes a topic's name. A breaking change of what a topic carries is a new version of its name.
 */
public final class Topics {

  private static final Pattern NETWORK_NAME = Pattern.compile("[a-z0-9]{1,32}");

  private final String network;

  /**
   * @param network the name in the genesis file
   * @throws IllegalArgumentException unless it consists of 1 to 32 lower-case letters and digits
   */
  public Topics(String network) {
    if (!NETWORK_NAME.matcher(network).matches()) {
      throw new IllegalArgumentException("a network's name has 1..32 of a-z and 0-9");
    }
    this.network = network;
  }

  /** Where a cluster's stars send their segments, and anybody what shows that one forked. */
  public Topic gossip(int cluster) {
    return topic(Committee.ofCluster(cluster), Purpose.GOSSIP);
  }

  /** Where a committee agrees. */
  public Topic consensus(Committee committee) {
    return topic(committee, Purpose.CONSENSUS);
  }

  /** Where members of a committee pull from each other. */
  public Topic sync(Committee committee) {
    return topic(committee, Purpose.SYNC);
  }

  /** Where anybody pulls galaxy blocks from the blackhole's keepers. */
  public Topic blackholeSync() {
    return topic(new Committee(Committee.Layer.BLACKHOLE, 0), Purpose.SYNC);
  }

  /** Where a cluster hands its certified blocks up. */
  public Topic checkpoints(int cluster) {
    return topic(Committee.ofCluster(cluster), Purpose.CHECKPOINTS);
  }

  /** Where a cluster's facilitators say what they refuse. */
  public Topic verdicts(int cluster) {
    return topic(Committee.ofCluster(cluster), Purpose.VERDICTS);
  }

  /** Where proposals wait for their counterparties. */
  public Topic inbox() {
    return topic(new Committee(Committee.Layer.STAR, 0), Purpose.INBOX);
  }

  /** Where notices wait for a galaxy member. */
  public Topic notices() {
    return topic(Committee.GALAXY, Purpose.NOTICES);
  }

  /** Where computed tables wait for a galaxy member of the same organisation. */
  public Topic tables() {
    return topic(Committee.GALAXY, Purpose.TABLES);
  }

  /** The blackhole itself. */
  public Topic blocks() {
    return topic(new Committee(Committee.Layer.BLACKHOLE, 0), Purpose.BLOCKS);
  }

  /** Every topic of a network with these clusters, in a fixed order. */
  public List<Topic> all(Collection<Integer> clusters) {
    var all = new ArrayList<Topic>();
    for (var cluster : new TreeSet<>(clusters)) {
      all.add(gossip(cluster));
      all.add(consensus(Committee.ofCluster(cluster)));
      all.add(sync(Committee.ofCluster(cluster)));
      all.add(checkpoints(cluster));
      all.add(verdicts(cluster));
    }
    all.add(inbox());
    all.add(consensus(Committee.GALAXY));
    all.add(sync(Committee.GALAXY));
    all.add(notices());
    all.add(tables());
    all.add(blocks());
    all.add(blackholeSync());
    return List.copyOf(all);
  }

  private Topic topic(Committee place, Purpose purpose) {
    return new Topic(
        "constellation." + network + "." + place + "." + purpose.slug() + ".v1", purpose);
  }
}
