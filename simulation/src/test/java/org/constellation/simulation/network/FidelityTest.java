package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.Hold;
import org.constellation.protocol.state.StarRecord;
import org.constellation.simulation.Altered;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.broker.Weather;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Violations;
import org.constellation.simulation.watch.WireWatch;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs that go without an agreement's messages stall where those with them do, and end alike: with
 * the same receipts, and with the same state but for what tells the time and the order.
 *
 * <p>State roots cannot be the same, since rounds take another time and are cut elsewhere. By that
 * differ the clock's entry (height, time, tick); a cluster's last round, its header and the heights
 * beside it; of a star the head's id and the height at which it got its home: a half-block names
 * what it follows, and whether a star's own proposal or its agreement to another's comes first is a
 * matter of milliseconds; so also the ids of later half-blocks, under which the state remembers
 * proposals and marks their ends, and the ticks at which these come, which count from the proposal.
 * The beacon decides nothing here: no star joins, or there is one cluster only, so nobody's home is
 * drawn. Where messages are lost, an agreement may come so long before its proposal that it lapses
 * and is given once more: there the number of a star's half-blocks is not compared either. Of these
 * entries the number is compared, and what remains of stars and holds; of all others every byte.
 */
class FidelityTest {

  // Late, lost, said twice, and old things said again.
  private static final Weather LOSSY = new Weather(60, 20, 30, 30, 30, 20);
  private static final long BEGINS = 4 * VirtualTime.SECOND;
  private static final long SETTLES = 3 * VirtualTime.SECOND;
  private static final long LASTS = 9 * VirtualTime.SECOND;
  private static final long PAYS_EVERY = VirtualTime.SECOND / 2;
  private static final long ENDS_WITHIN = 120 * VirtualTime.SECOND;
  private static final long VALID_TICKS = 5_000;

  private static final Set<Outcome> UNDER_WAY =
      EnumSet.of(Outcome.HELD, Outcome.AGREEMENT_WAITING, Outcome.SETTLED);

  // As in the state's keys: what tells the time and the order.
  private static final int CLOCK = 0x02;
  private static final int STAR = 0x10;
  private static final int PROPOSAL = 0x12;
  private static final int WAITING = 0x13;
  private static final int DUE = 0x14;
  private static final int CLUSTER = 0x19;
  private static final Set<Integer> TIME_AND_ORDER =
      Set.of(CLOCK, STAR, PROPOSAL, WAITING, DUE, CLUSTER);

  /**
   * Where it happens.
   *
   * @param members of every committee
   */
  record Setting(long seed, int members, int clusters, Weather weather) {
    private boolean isLossy() {
      return weather.lossPermille() > 0;
    }

    private Options options(Fidelity fidelity) {
      var wish = new Options.Wish(seed, Scenario.CALM, Options.ROUNDS, fidelity, members);
      var drawn = Options.draw(wish);
      return clusters == 1
          ? drawn
          : Altered.clusters(drawn, Collections.nCopies(clusters, members));
    }
  }

  /** What happens for a while, to whom, and who goes on nevertheless. */
  enum Trouble {
    NONE(List.of(), false, true, true),
    ONE_OF_EACH_WITHOUT_POWER(List.of("c0-1", "galaxy-2"), true, true, true),
    TWO_FACILITATORS_WITHOUT_POWER(List.of("c0-0", "c0-3"), true, false, true),
    TWO_OF_THE_GALAXY_WITHOUT_POWER(List.of("galaxy-1", "galaxy-2"), true, true, false),
    TWO_FACILITATORS_CUT_OFF(List.of("c0-1", "c0-2"), false, false, true),
    ONE_FACILITATOR_CUT_OFF(List.of("c0-2"), false, true, true),
    TWO_OF_EACH_CUT_OFF(List.of("c0-1", "c0-2", "galaxy-0", "galaxy-3"), false, false, false),
    TWO_OF_EACH_SEVEN_WITHOUT_POWER(
        7, List.of("c0-0", "c0-4", "galaxy-2", "galaxy-6"), true, true, true),
    THREE_OF_SEVEN_FACILITATORS_CUT_OFF(7, List.of("c0-1", "c0-2", "c0-5"), false, false, true);

    private final int members;

    @SuppressWarnings("ImmutableEnumChecker") // A copy that cannot be changed.
    private final List<String> machines;

    private final boolean powerFails;
    private final boolean clusterGoesOn;
    private final boolean galaxyGoesOn;

    Trouble(
        List<String> machines, boolean powerFails, boolean clusterGoesOn, boolean galaxyGoesOn) {
      this(4, machines, powerFails, clusterGoesOn, galaxyGoesOn);
    }

    Trouble(
        int members,
        List<String> machines,
        boolean powerFails,
        boolean clusterGoesOn,
        boolean galaxyGoesOn) {
      this.members = members;
      this.machines = List.copyOf(machines);
      this.powerFails = powerFails;
      this.clusterGoesOn = clusterGoesOn;
      this.galaxyGoesOn = galaxyGoesOn;
    }
  }

  /**
   * What is to be the same.
   *
   * @param wentOn committees that certified a round during the trouble
   * @param receipts of every star, in the end
   * @param state in the end
   */
  private record Seen(List<Committee> wentOn, List<String> receipts, List<String> state) {}

  @ParameterizedTest
  @EnumSource
  void bothFidelitiesStallAlikeAndEndAlike(Trouble trouble) {
    var full = playBothWays(new Setting(1, trouble.members, 1, Weather.calm()), trouble);
    assertThat(full.receipts()).hasSizeGreaterThan(4);
    assertThat(full.wentOn().contains(Committee.ofCluster(0))).isEqualTo(trouble.clusterGoesOn);
    assertThat(full.wentOn().contains(Committee.GALAXY)).isEqualTo(trouble.galaxyGoesOn);
  }

  static Stream<Setting> settings() {
    return Stream.of(
        new Setting(2, 4, 2, Weather.calm()),
        new Setting(3, 4, 2, LOSSY),
        new Setting(4, 7, 1, LOSSY));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void bothFidelitiesEndAlike(Setting setting) {
    var full = playBothWays(setting, Trouble.NONE);
    assertThat(full.wentOn()).hasSize(1 + setting.clusters());
  }

  private static Seen playBothWays(Setting setting, Trouble trouble) {
    var full = new Scene(Fidelity.FULL, setting, trouble).play();
    var decided = new Scene(Fidelity.DECIDED, setting, trouble).play();
    assertThat(decided).isEqualTo(full);
    assertThat(full.receipts()).hasSizeGreaterThan(3);
    assertThat(full.state()).anyMatch(part -> part.contains("Hold["));
    return full;
  }

  private static final class Scene {
    private final Setting setting;
    private final Trouble trouble;
    private final World world;
    private final VirtualTime time;
    private final Violations violations;
    private final WireWatch watch;
    private final Network network;
    private final List<Account> accounts = new ArrayList<>();
    private final TreeMap<Committee, Long> noted = new TreeMap<>();
    private int accepted;
    private int asked;
    private Hash unanswered = Hash.ZERO;

    private Scene(Fidelity fidelity, Setting setting, Trouble trouble) {
      this.setting = setting;
      this.trouble = trouble;
      this.world = World.of(setting.options(fidelity), null);
      this.time = world.time();
      this.violations = world.violations();
      this.watch = world.watch();
      world.broker().observe(watch::published);
      world.broker().weather(setting.weather());
      this.network = new Network(world);
      network.stars().forEach(service -> accounts.addAll(service.accounts()));
      accounts.removeIf(Account::isJoining);
    }

    private Seen play() {
      try {
        network.start();
        runFor(BEGINS);
        write();
        begin();
        for (var paid = 0L; paid < LASTS; paid += PAYS_EVERY) {
          pay();
          runFor(PAYS_EVERY);
          if (paid == SETTLES) {
            note();
          }
        }
        var wentOn = wentOn();
        world.broker().heal();
        assertThat(runUntil(this::isOver)).as("all is final").isTrue();
        assertThat(violations.all()).isEmpty();
        return new Seen(wentOn, receipts(), state());
      } finally {
        network.close();
      }
    }

    /** A little of what else leaves something behind, by stars that wrote nothing before. */
    private void write() {
      var issuer = accounts.get(0);
      ask(issuer, new Body.AssetDefinition("PTS", "points", 2));
      ask(accounts.get(1), new Body.ContractRegistration("contract", Hash.ZERO, Bytes.EMPTY));
      var changing = accounts.get(2);
      var key = world.founding().crypto().key("another");
      var change =
          new Command.ChangeKey(
              changing.star(), changing.token(), key, StarMachine.sealed(key), StarWriter.answer());
      changing.service().ask(change, _ -> {}, this::refused);
      var asking = accounts.get(3);
      var legs =
          List.of(
              new Leg(Leg.Direction.GIVE, AssetId.NO0S, 7),
              new Leg(Leg.Direction.TAKE, AssetId.NO0S, 5));
      var offer = new Command.Offer(issuer.star(), legs, "", VALID_TICKS);
      var proposal =
          new Command.Propose(asking.star(), asking.token(), offer, null, StarWriter.answer());
      asking.service().ask(proposal, stored -> unanswered = stored.id(), this::refused);
    }

    private void ask(Account star, Body body) {
      var write = new Command.Write(star.star(), star.token(), body, null, StarWriter.answer());
      star.service().ask(write, _ -> {}, this::refused);
    }

    private void refused(Throwable refusal) {
      violations.found("ACCEPTED", refusal.toString());
    }

    private void begin() {
      if (trouble.powerFails) {
        for (var node : network.nodes()) {
          if (trouble.machines.contains(node.machine().name())) {
            node.machine().crash(LASTS);
          }
        }
      } else if (!trouble.machines.isEmpty()) {
        world.broker().split(new TreeSet<>(trouble.machines));
      }
    }

    private void pay() {
      for (var index = 0; index < accounts.size(); index++) {
        var from = accounts.get(index);
        var to = accounts.get((index + 1) % accounts.size());
        var legs = List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, 1L + index));
        var offer = new Command.Offer(to.star(), legs, "", VALID_TICKS);
        asked++;
        from.service()
            .ask(
                new Command.Propose(from.star(), from.token(), offer, null, StarWriter.answer()),
                _ -> accepted++,
                this::refused);
      }
    }

    /** What was under way when the trouble began has come to its end. */
    private void note() {
      for (var committee : world.founding().committees().keySet()) {
        noted.put(committee, watch.agreement().newest(committee));
      }
    }

    private List<Committee> wentOn() {
      return noted.entrySet().stream()
          .filter(one -> watch.agreement().newest(one.getKey()) > one.getValue())
          .map(Map.Entry::getKey)
          .toList();
    }

    private boolean isOver() {
      var state = watch.ledger().state();
      return accepted == asked
          && watch.ledger().transactions() == asked
          && state.hold(unanswered).isPresent()
          && network.stars().stream()
              .flatMap(one -> one.pending(network, state).stream())
              .allMatch(pending -> pending.contains(unanswered.toString()))
          && network.members().stream().allMatch(this::hasTheState);
    }

    /** Every member's state is that of the ledger, and not an old one. */
    private boolean hasTheState(MemberNode member) {
      var root = member.root();
      return member.height() + 2 > watch.agreement().newest(Committee.GALAXY)
          && root.isPresent()
          && root.equals(watch.ledger().root(member.height()));
    }

    /**
     * Whether a proposal or the agreement to it is executed first depends on how long messages
     * take; what comes of it does not.
     */
    private List<String> receipts() {
      var receipts = new ArrayList<String>();
      for (var account : accounts) {
        var last = watch.ledger().state().star(account.star()).orElseThrow().sequence();
        if (!setting.isLossy()) {
          receipts.add(account.star() + " has " + last + " half-blocks");
        }
        for (var sequence = 1L; sequence <= last; sequence++) {
          var id = watch.ledger().halfBlock(account.star(), sequence).orElseThrow();
          watch.ledger().outcomes(id).stream()
              .filter(Outcome::advancesChain)
              .filter(outcome -> !UNDER_WAY.contains(outcome))
              .filter(outcome -> !setting.isLossy() || outcome != Outcome.LAPSED)
              .forEach(outcome -> receipts.add(account.star() + " " + outcome));
        }
      }
      receipts.add(watch.ledger().transactions() + " settled");
      return receipts;
    }

    private List<String> state() {
      var state = watch.ledger().state();
      var parts = new ArrayList<String>();
      var counts = new TreeMap<Integer, Integer>();
      state
          .entries()
          .forEach(
              entry -> {
                var kind = (int) entry.key().toArray()[0];
                counts.merge(kind, 1, Integer::sum);
                if (!TIME_AND_ORDER.contains(kind)) {
                  parts.add(hex(entry.key()) + " is " + hex(entry.value()));
                }
              });
      parts.add("entries by kind " + counts);
      for (var service : network.stars()) {
        for (var account : service.accounts()) {
          parts.add(timeless(state.star(account.star()).orElseThrow()).toString());
        }
      }
      state.holds().map(Scene::timeless).map(Object::toString).sorted().forEach(parts::add);
      return parts;
    }

    private static String hex(Bytes bytes) {
      return HexFormat.of().formatHex(bytes.toArray());
    }

    private StarRecord timeless(StarRecord star) {
      return new StarRecord(
          star.home(),
          setting.isLossy() ? 0 : star.sequence(),
          Hash.ZERO,
          0,
          star.key(),
          star.openHolds(),
          star.waiting(),
          star.openHoldsMax(),
          star.forked());
    }

    private static Hold timeless(Hold hold) {
      return new Hold(hold.proposer(), hold.counterparty(), hold.gives(), hold.takes(), 0);
    }

    private void runFor(long nanos) {
      var end = time.nowNanos() + nanos;
      while (time.step(end)) {
        assertThat(violations.all()).isEmpty();
      }
    }

    private boolean runUntil(BooleanSupplier condition) {
      var end = time.nowNanos() + ENDS_WITHIN;
      while (time.nowNanos() < end) {
        if (condition.getAsBoolean()) {
          return true;
        }
        runFor(VirtualTime.SECOND / 10);
      }
      return false;
    }
  }
}
