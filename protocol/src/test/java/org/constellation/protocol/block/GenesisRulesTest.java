package org.constellation.protocol.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis.Broker;
import org.constellation.protocol.block.Genesis.GenesisStar;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GenesisCodec;
import org.junit.jupiter.api.Test;

class GenesisRulesTest {

  private static final Bytes POINT = Bytes.copyOf(new byte[33]);
  private static final EraPlan GALAXY = plan(Committee.GALAXY, 0, List.of(1, 2, 3, 4));
  private static final List<EraPlan> CLUSTERS = List.of(cluster(0), cluster(3));

  private static PublicKey key(int number) {
    return PublicKey.fromHex("%064x".formatted(number));
  }

  private static StarId star(int number) {
    return new StarId(key(number));
  }

  private static EraPlan cluster(int number) {
    return plan(Committee.ofCluster(number), 0, List.of(4, 3, 2, 1));
  }

  private static EraPlan plan(Committee committee, long era, List<Integer> indexes) {
    var first = committee.equals(Committee.GALAXY) ? 100 : 200 + 10 * committee.cluster();
    return plan(
        committee,
        era,
        indexes,
        IntStream.range(first, first + 4).mapToObj(number -> seat(number, number)).toList());
  }

  private static CommitteeMember seat(int star, int operationalKey) {
    return new CommitteeMember(star(10_000 + star), key(operationalKey), POINT);
  }

  private static EraPlan plan(
      Committee committee, long era, List<Integer> indexes, List<CommitteeMember> members) {
    var keys = new KeySet(Hash.ZERO, 1, POINT, List.of(POINT, POINT, POINT, POINT), indexes);
    return new EraPlan(committee, era, members, keys, 0);
  }

  private static Genesis genesis(
      String name, EraPlan galaxy, List<EraPlan> clusters, List<GenesisStar> stars) {
    return GenesisCodec.genesis(
        name, Genesis.Parameters.DEFAULT, galaxy, clusters, stars, 1_700_000_000_000L);
  }

  private static void refuses(
      String rule, String name, EraPlan galaxy, List<EraPlan> clusters, GenesisStar... stars) {
    assertThatThrownBy(() -> genesis(name, galaxy, clusters, List.of(stars)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(rule);
  }

  @Test
  void acceptsWhatKeepsToTheRules() {
    var stars = List.of(new GenesisStar(star(1), 0, 5, 0), new GenesisStar(star(2), 3, 0, 100));

    assertThat(genesis("main", GALAXY, CLUSTERS, stars).stars()).isEqualTo(stars);
  }

  @Test
  void refusesANameThatIsUnfitForTopics() {
    refuses("a name has 1..32 lower-case letters and digits", "Main net", GALAXY, CLUSTERS);
  }

  @Test
  void refusesPlansInTheWrongPlace() {
    refuses("the galaxy's plan is the galaxy's", "main", cluster(0), CLUSTERS);
    refuses("a cluster's plan is one's", "main", GALAXY, List.of(GALAXY));
    refuses("there is at least one cluster", "main", GALAXY, List.of());
  }

  @Test
  void refusesAClusterNumberTwice() {
    refuses("clusters ascend by number", "main", GALAXY, List.of(cluster(3), cluster(3)));
  }

  @Test
  void refusesALaterEra() {
    var later = plan(Committee.GALAXY, 1, List.of(1, 2, 3, 4));

    refuses("a network starts in era 0", "main", later, CLUSTERS);
  }

  @Test
  void refusesSharedOrMissingCoinShares() {
    for (var indexes : List.of(List.of(1, 2, 3, 3), List.of(1, 2, 3, 5), List.of(1, 2, 3))) {
      refuses(
          "every member has a threshold index of its own",
          "main",
          plan(Committee.GALAXY, 0, indexes),
          CLUSTERS);
    }
  }

  @Test
  void refusesStarsTwiceOrWithoutAHome() {
    var star = new GenesisStar(star(1), 0, 5, 0);

    refuses("stars ascend, none twice", "main", GALAXY, CLUSTERS, star, star);
    refuses(
        "every star's home exists", "main", GALAXY, CLUSTERS, new GenesisStar(star(1), 1, 5, 0));
  }

  @Test
  void refusesMoreMoneyThanCanBeCounted() {
    refuses(
        "all balances together fit 63 bits",
        "main",
        GALAXY,
        CLUSTERS,
        new GenesisStar(star(1), 0, Long.MAX_VALUE, 0),
        new GenesisStar(star(2), 0, 1, 0));
  }

  @Test
  void refusesACommitteeThatIsNotInOrder() {
    var members = GALAXY.members().reversed();

    assertThatThrownBy(() -> new EraPlan(Committee.GALAXY, 0, members, GALAXY.keySet(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The galaxy's plan with another last member. */
  private static EraPlan galaxyWith(CommitteeMember last) {
    return plan(
        Committee.GALAXY,
        0,
        List.of(1, 2, 3, 4),
        List.of(seat(100, 100), seat(101, 101), seat(102, 102), last));
  }

  @Test
  void refusesAnOperationalKeyThatIsAWalletsOwn() {
    var rule = "no operational key is a star's own";

    refuses(rule, "main", galaxyWith(new CommitteeMember(star(900), key(900), POINT)), CLUSTERS);
    refuses(rule, "main", GALAXY, CLUSTERS, new GenesisStar(star(231), 0, 5, 0));
    refuses(rule, "main", galaxyWith(new CommitteeMember(star(231), key(900), POINT)), CLUSTERS);
  }

  @Test
  void refusesAnOperationalKeyOfTwoStarsOrMembers() {
    refuses("no operational key serves two stars", "main", galaxyWith(seat(7, 200)), CLUSTERS);
    refuses("no operational key serves two members", "main", galaxyWith(seat(200, 200)), CLUSTERS);
  }

  @Test
  void aStarMayHaveTwoSeats() {
    assertThat(genesis("main", galaxyWith(seat(200, 104)), CLUSTERS, List.of())).isNotNull();
  }

  @Test
  void refusesNobodyAsAStar() {
    var rule = "no star has the key of nobody";

    refuses(rule, "main", GALAXY, CLUSTERS, new GenesisStar(StarId.NOBODY, 0, 5, 0));
    refuses(
        rule, "main", galaxyWith(new CommitteeMember(StarId.NOBODY, key(900), POINT)), CLUSTERS);
  }

  private static Genesis withBrokers(List<Broker> brokers) {
    return GenesisCodec.genesis(
        "main", Genesis.Parameters.DEFAULT, GALAXY, CLUSTERS, List.of(), brokers, 1_700_000L);
  }

  private static void refusesBrokers(String rule, Broker... brokers) {
    assertThatThrownBy(() -> withBrokers(List.of(brokers)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(rule);
  }

  @Test
  void namesTheBrokersOfOrganisations() {
    var brokers =
        List.of(
            new Broker("a", "localhost:1"),
            new Broker("a-1", "10.0.0.1:9092,kafka-2.example.org:65535"),
            new Broker("a".repeat(32), "[fd00::1]:9092"));

    assertThat(withBrokers(brokers).brokers()).isEqualTo(brokers);
    assertThat(genesis("main", GALAXY, CLUSTERS, List.of()).brokers()).isEmpty();
  }

  @Test
  void refusesAnOrganisationWithAnUnfitName() {
    for (var name : List.of("", "Umai", "-umai", "umai-", "um ai", "um.ai", "a".repeat(33))) {
      refusesBrokers(
          "an organisation has 1..32 lower-case letters, digits and hyphens between them",
          new Broker(name, "localhost:9092"));
    }
  }

  @Test
  void refusesOrganisationsTwiceOrOutOfOrder() {
    var rule = "organisations ascend, none twice";
    var one = new Broker("one", "localhost:9092");
    var two = new Broker("two", "localhost:9093");

    refusesBrokers(rule, one, one);
    refusesBrokers(rule, two, one);
  }

  @Test
  void refusesAddressesThatAreNone() {
    for (var servers :
        List.of(
            "",
            "localhost",
            "localhost:",
            ":9092",
            "localhost:0",
            "localhost:65536",
            "localhost:9092,",
            "localhost:9092, other:9092",
            "SASL_SSL://localhost:9092",
            "localhost:9092\n",
            "h:9092" + ",h:9092".repeat(Broker.SERVERS_CHARACTERS_MAX / 7))) {
      refusesBrokers(
          "a broker's address is host:port, several are separated by commas",
          new Broker("one", servers));
    }
  }

  @Test
  void refusesMoreBrokersThanAnybodyReads() {
    var most =
        IntStream.range(0, Genesis.ORGANISATIONS_MAX)
            .mapToObj(number -> new Broker("o%03d".formatted(number), "localhost:9092"))
            .toList();

    assertThat(withBrokers(most).brokers()).hasSize(Genesis.ORGANISATIONS_MAX);
    var more = new ArrayList<>(most);
    more.add(new Broker("x", "localhost:9092"));
    assertThatThrownBy(() -> withBrokers(more))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at most 64 organisations have brokers");
  }
}
