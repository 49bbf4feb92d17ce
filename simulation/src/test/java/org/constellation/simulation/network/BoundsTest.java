package org.constellation.simulation.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.constellation.platform.hosting.BlockOutlet;
import org.constellation.simulation.Fidelity;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.WireWatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What members keep does not grow with the time that they run: neither the files on their disks,
 * nor what production's consensus and platform have in memory, counted by class.
 *
 * <p>A short run is just long enough for what is kept of the newest 256 rounds to be full in the
 * middle third. A journal is cut by whole files, so only in a long one, {@code
 * -Dconstellation.sim.rounds=9000} or more, is anything cut. Until then whoever starts again reads
 * all of it into memory: what that makes is not compared before.
 *
 * <p>Left out is what grows on purpose: snapshots, since the ledger's state does; and blocks and
 * journal of a galaxy member that no blackhole-ledger tells what it has stored, with the blocks
 * that its outlet waits for, of which there are as many as {@link BlockOutlet#WAITING_MAX}.
 */
@Tag("slow")
class BoundsTest {

  private static final int ROUNDS = Integer.getInteger("constellation.sim.rounds", 420);
  private static final long SEED = 4;
  private static final int MEMBERS = 4;
  private static final int LOOKS = 30;

  /** What grows steadily is half as large again at the end of the last third. */
  private static final int MORE_PERCENT_MAX = 25;

  /** What is as little as this comes and goes. */
  private static final long LITTLE = 400;

  /** As a journal has it. */
  private static final long JOURNAL_FILE_BYTES = 16L * 1024 * 1024;

  private static final String JOURNAL = " disk: journal";

  private static final Pattern LIVE =
      Pattern.compile(
          "^ *\\d+: +(\\d+) +\\d+ +(org\\.constellation\\.(?:consensus|platform)\\.\\S+)",
          Pattern.MULTILINE);

  @ParameterizedTest
  @EnumSource(
      value = Scenario.class,
      names = {"CALM", "CRASH_STORM"})
  void whatMembersKeepDoesNotGrow(Scenario scenario) {
    var looks = looks(scenario);
    show(scenario, looks);
    var middle = most(looks.subList(LOOKS / 3, 2 * LOOKS / 3));
    var last = most(looks.subList(2 * LOOKS / 3, LOOKS));
    assertThat(middle).hasSizeGreaterThan(2 * MEMBERS);
    var isCut = middle.values().stream().anyMatch(size -> size > JOURNAL_FILE_BYTES * 3 / 4);
    last.forEach(
        (what, size) -> {
          if (scenario == Scenario.CALM || isCut || what.contains(" disk: ")) {
            assertThat(size)
                .as(what)
                .isLessThanOrEqualTo(allowed(what, middle.getOrDefault(what, 0L)));
          }
        });
  }

  private static long allowed(String what, long before) {
    var least = what.endsWith(JOURNAL) ? JOURNAL_FILE_BYTES : LITTLE;
    return Math.max(least, before) * (100 + MORE_PERCENT_MAX) / 100;
  }

  private static List<Map<String, Long>> looks(Scenario scenario) {
    var wish = new Options.Wish(SEED, scenario, ROUNDS, Fidelity.DECIDED, MEMBERS);
    var world = World.of(Options.draw(wish), null);
    var watch = world.watch();
    world.broker().observe(watch::published);
    var looks = new ArrayList<Map<String, Long>>();
    try (var network = new Network(world)) {
      network.start();
      var _ = new Customers(world, network);
      var _ = new Fate(world, network);
      for (var look = 1; look <= LOOKS; look++) {
        runUntil(ROUNDS * look / LOOKS, world, watch);
        looks.add(look(network));
      }
    }
    System.out.printf(
        "BOUNDS %s: %d rounds in %d s of virtual time%n",
        scenario.slug(), ROUNDS, world.time().nowNanos() / VirtualTime.SECOND);
    return looks;
  }

  private static void runUntil(int round, World world, WireWatch watch) {
    var committees = world.founding().committees().keySet();
    while (committees.stream().anyMatch(one -> watch.agreement().newest(one) < round)) {
      var end = world.time().nowNanos() + VirtualTime.SECOND;
      while (world.time().step(end)) {
        assertThat(world.violations().all()).isEmpty();
      }
    }
  }

  private static Map<String, Long> look(Network network) {
    var look = new TreeMap<String, Long>();
    for (var member : network.members()) {
      member
          .onDisk()
          .forEach(
              (part, bytes) -> {
                var isOnPurpose = part.equals("snapshots") || member.keepsAllBlocks();
                if (!isOnPurpose) {
                  look.put(member.machine() + " disk: " + part, bytes);
                }
              });
    }
    look.putAll(live());
    return look;
  }

  /** After a collection, so that only what somebody holds is counted. */
  private static Map<String, Long> live() {
    try {
      var histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return LIVE.matcher(String.valueOf(histogram))
          .results()
          .filter(line -> !line.group(2).startsWith(BlockOutlet.class.getName()))
          .collect(
              Collectors.toMap(
                  line -> line.group(2), line -> Long.valueOf(line.group(1)), Long::sum));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Long> most(List<Map<String, Long>> looks) {
    var most = new TreeMap<String, Long>();
    looks.forEach(look -> look.forEach((what, size) -> most.merge(what, size, Math::max)));
    return most;
  }

  private static void show(Scenario scenario, List<Map<String, Long>> looks) {
    System.out.println("BOUNDS " + scenario.slug() + ", most in each third");
    var first = most(looks.subList(0, LOOKS / 3));
    var middle = most(looks.subList(LOOKS / 3, 2 * LOOKS / 3));
    most(looks.subList(2 * LOOKS / 3, LOOKS))
        .forEach(
            (what, size) -> {
              if (size > LITTLE) {
                System.out.printf(
                    "  %-80s %9d %9d %9d%n",
                    what, first.getOrDefault(what, 0L), middle.getOrDefault(what, 0L), size);
              }
            });
  }
}
