package org.constellation.platform.provision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.constellation.platform.provision.Committees.Dealt;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * Makes a genesis out of cards. All in it but the coin of era 0 follows from the cards and the
 * plan; the coin's shares are sealed before they leave this object.
 */
public final class GenesisAssembly {

  private static final int CLUSTER = 0;

  /** Below four members a committee stands still as soon as one is away. */
  private static final int MEMBERS_MIN = 4;

  private final Committees committees;

  /** Deals with {@code random}, a cryptographic source. */
  public GenesisAssembly(RandomGenerator random) {
    this.committees = new Committees(random, Ed25519.best());
  }

  /**
   * @param name of the network
   * @param timeMillis when ledger time starts
   */
  public record Plan(String name, Genesis.Parameters parameters, long timeMillis) {}

  /** A genesis, and what its members need beside it. */
  public record Assembled(Genesis genesis, SealedShares shares) {}

  /**
   * Assembles a genesis, whatever the cards' order.
   *
   * @throws ProvisioningRefused if a card is none, or they do not make a network together
   */
  public Assembled assemble(List<Card> given, Plan plan) throws ProvisioningRefused {
    var cards = given.stream().sorted(Comparator.comparing(Card::organisation)).toList();
    check(cards);
    var cluster = committees.deal(Committee.ofCluster(CLUSTER), members(cards, Card::facilitators));
    var galaxy = committees.deal(Committee.GALAXY, members(cards, Card::galaxyMembers));
    var genesis = genesis(cards, plan, cluster, galaxy);
    var shares = new ArrayList<>(shares(cluster));
    shares.addAll(shares(galaxy));
    return new Assembled(genesis, new SealedShares(genesis.network(), shares));
  }

  private static void check(List<Card> cards) throws ProvisioningRefused {
    var organisations = new TreeSet<String>();
    var brokers = new TreeMap<String, String>();
    var keys = new TreeMap<String, String>();
    for (var card : cards) {
      card.check(Ed25519.best());
      if (!organisations.add(card.organisation())) {
        throw new ProvisioningRefused(Reason.CARD_TWICE, "two cards are of " + card.organisation());
      }
      var neighbour = brokers.putIfAbsent(card.broker(), card.organisation());
      if (neighbour != null) {
        throw new ProvisioningRefused(
            Reason.CARD_TWICE,
            "%s and %s name the same broker, %s"
                .formatted(neighbour, card.organisation(), card.broker()));
      }
      for (var key : card.keys()) {
        var other = keys.putIfAbsent(key, card.organisation());
        if (other != null) {
          throw new ProvisioningRefused(
              Reason.CARD_TWICE,
              "%s and %s name the same key %s…"
                  .formatted(other, card.organisation(), key.substring(0, 16)));
        }
      }
    }
    var treasuries = cards.stream().filter(card -> card.treasury().isPresent()).toList();
    if (treasuries.size() != 1) {
      throw new ProvisioningRefused(
          Reason.TREASURY_NOT_ONE,
          "exactly one card has a treasury, which holds all no0s in the beginning"
              + " (`member init --treasury`), not "
              + treasuries.size());
    }
    requireSize(members(cards, Card::facilitators).size(), "facilitators");
    requireSize(members(cards, Card::galaxyMembers).size(), "galaxy members");
  }

  private static void requireSize(int size, String what) throws ProvisioningRefused {
    if (size < MEMBERS_MIN) {
      throw new ProvisioningRefused(
          Reason.COMMITTEE_SIZE,
          "all cards together have %d %s: of n members f = (n-1)/3 may fail, rounded down, which is"
                  .formatted(size, what)
              + " none below "
              + MEMBERS_MIN);
    }
    if (size > NetworkPlan.MEMBERS_MAX) {
      throw new ProvisioningRefused(
          Reason.COMMITTEE_SIZE,
          "all cards together have %d %s, at most %d are possible"
              .formatted(size, what, NetworkPlan.MEMBERS_MAX));
    }
  }

  private static List<CommitteeMember> members(
      List<Card> cards, Function<Card, List<Card.Seat>> layer) {
    return cards.stream()
        .flatMap(card -> layer.apply(card).stream())
        .map(Card.Seat::member)
        .sorted(Comparator.comparing(CommitteeMember::operationalKey))
        .toList();
  }

  private static List<SealedShares.Share> shares(Dealt dealt) {
    var shares = new ArrayList<SealedShares.Share>();
    for (var index = 0; index < dealt.sealedShares().size(); index++) {
      shares.add(
          new SealedShares.Share(
              dealt.plan().committee().toString(),
              dealt.plan().members().get(index).operationalKey(),
              dealt.sealedShares().get(index)));
    }
    return shares;
  }

  private static Genesis genesis(List<Card> cards, Plan plan, Dealt cluster, Dealt galaxy)
      throws ProvisioningRefused {
    var stars = new TreeMap<StarId, Genesis.GenesisStar>();
    for (var card : cards) {
      for (var seat : card.seats()) {
        var star = seat.member().star();
        stars.put(star, new Genesis.GenesisStar(star, CLUSTER, 0, 0));
      }
      card.treasury()
          .ifPresent(
              treasury ->
                  stars.put(
                      treasury.star(),
                      new Genesis.GenesisStar(
                          treasury.star(),
                          CLUSTER,
                          NetworkPlan.TREASURY_NO0S,
                          NetworkPlan.TREASURY_HOLDS_MAX)));
    }
    try {
      return GenesisCodec.genesis(
          plan.name(),
          plan.parameters(),
          galaxy.plan(),
          List.of(cluster.plan()),
          List.copyOf(stars.values()),
          cards.stream().map(Card::home).toList(),
          plan.timeMillis());
    } catch (IllegalArgumentException e) {
      throw new ProvisioningRefused(
          Reason.GENESIS_INVALID, "these cards make no genesis: " + e.getMessage());
    }
  }
}
