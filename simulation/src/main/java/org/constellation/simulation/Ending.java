package org.constellation.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.network.Customers;
import org.constellation.simulation.network.MemberNode;
import org.constellation.simulation.network.Network;
import org.constellation.simulation.network.Node;
import org.constellation.simulation.network.StarMachine;
import org.constellation.simulation.network.World;
import org.constellation.simulation.watch.WireWatch;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.TransactionStatus;

/** EVENTUALLY and what else can be asked only in the end. */
final class Ending {

  private static final int SHOWN_MAX = 8;
  private static final int BEHIND_MAX = 2;

  private static final List<String> FORGETFUL =
      List.of("journal is older than ", "this member's key signed what its journal does not know");

  private static final String WITHOUT_JOURNAL = ": there is none; it is created with the ";

  private final World world;
  private final Network network;
  private final Customers customers;
  private final WireWatch watch;

  Ending(World world, Network network, Customers customers, WireWatch watch) {
    this.world = world;
    this.network = network;
    this.customers = customers;
    this.watch = watch;
  }

  boolean isReached() {
    return missing().isEmpty();
  }

  /** What is missing, the first of it. */
  List<String> missing() {
    var missing = new ArrayList<String>();
    for (var node : network.nodes()) {
      if (missing.size() >= SHOWN_MAX) {
        return missing;
      }
      if (!node.machine().isUp()) {
        missing.add(node.machine() + " is off");
      } else if (!isGuilty(node) && !isWell(node)) {
        missing.add(node.state() + " is stopped or behind");
      }
    }
    for (var service : network.stars()) {
      missing.addAll(service.pending(network, watch.ledger().state()));
    }
    missing.addAll(customers.open(watch.ledger(), network));
    for (var star : world.guilty().toBeMarked()) {
      if (!watch.ledger().isMarked(star)) {
        missing.add(star + " forked and is not marked");
      }
    }
    missing.addAll(world.witnesses().missing(watch.ledger()));
    return missing.size() > SHOWN_MAX ? missing.subList(0, SHOWN_MAX) : missing;
  }

  boolean isGuilty(Node node) {
    return node instanceof MemberNode member
        && world.guilty().isMember(member.seat().key().publicKey());
  }

  /** Whose disk was put back may say that it is silent for good; or else it keeps up. */
  private boolean isWell(Node node) {
    var stopped = node.stopped();
    return stopped.isPresent() ? mayBeSilent(node) && isForgetful(stopped.get()) : !isBehind(node);
  }

  /** Whether a member is silent since others hold signed what its journal lacks, or has none. */
  static boolean isForgetful(String reason) {
    return FORGETFUL.stream().anyMatch(reason::startsWith) || hasNoJournal(reason);
  }

  /** Whether a member is silent since it has no journal. */
  static boolean hasNoJournal(String reason) {
    return reason.contains(WITHOUT_JOURNAL);
  }

  private boolean mayBeSilent(Node node) {
    return node instanceof MemberNode member
        && world.guilty().mayBeSilent(member.seat().key().publicKey());
  }

  private boolean isBehind(Node node) {
    var height = watch.agreement().newest(Committee.GALAXY);
    if (node.height() + BEHIND_MAX < height) {
      return true;
    }
    return node instanceof MemberNode member
        && member.certified() + BEHIND_MAX
            < watch.agreement().newest(member.seat().plan().committee());
  }

  /** Compares what everybody has in the end. */
  void check() {
    watch.ledger().compare();
    watch.agreement().compare();
    customers
        .broken(watch.ledger())
        .forEach(broken -> world.violations().found("ACCEPTED", broken));
    customers
        .unasked(watch.ledger())
        .forEach(unasked -> world.violations().found("CONSENT", unasked));
    for (var member : network.members()) {
      if (!isGuilty(member)) {
        compare(member, member.root(), member.height());
      }
    }
    for (var blackhole : network.blackholes()) {
      for (var height = 1L; height <= blackhole.height(); height++) {
        var stored = blackhole.tables().block(height).orElseThrow();
        var known = watch.ledger().hash(height);
        if (known.isPresent() && !known.get().equals(stored.hash())) {
          world.violations().found("AGREEMENT", blackhole.machine() + " stores another " + height);
        }
      }
    }
    for (var service : network.stars()) {
      compare(service, service.root(), service.height());
      service.ended().forEach(one -> checkTold(service, one));
    }
  }

  /** Whether what a service tells its users of what has ended is what the ledger says. */
  void checkTold(StarMachine service, Transaction one) {
    if (!isTrue(one)) {
      world
          .violations()
          .found(
              "ACCEPTED",
              "%s tells %s of %s, for %s, the ledger %s"
                  .formatted(
                      service.machine(),
                      one.status(),
                      one.id(),
                      one.progress(),
                      watch.ledger().outcomes(one.id())));
    }
  }

  private boolean isTrue(Transaction one) {
    var end = Objects.requireNonNull(one.progress().end());
    if ((one.status() == TransactionStatus.FINAL) != (end == Outcome.SETTLED)) {
      return false;
    }
    // Of those whose proposer a captured cluster serves nothing is promised.
    return end.advancesChain()
        ? watch.ledger().hasWord(one.id(), one.progress().height(), end)
        : network.isLost(one.proposer(), watch.ledger().state())
            || watch.ledger().outcomes(one.id()).stream().noneMatch(Outcome::advancesChain);
  }

  private void compare(Node node, Optional<Hash> root, long height) {
    var known = watch.ledger().root(height);
    if (root.isPresent() && known.isPresent() && !root.get().equals(known.get())) {
      world.violations().found("REPRODUCIBLE", node.machine() + " has another state at " + height);
    }
  }
}
