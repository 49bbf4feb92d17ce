package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.jspecify.annotations.Nullable;

/**
 * All members of a committee and the network between them, in virtual time and in one thread. The
 * same seats, scheduler, weather and crashes give the same run, event by event. Every packet to a
 * living member arrives in the end; only its time is the adversary's.
 *
 * @param <P> what travels
 */
public final class VirtualNetwork<P> {

  private final Roster roster;
  private final List<Seat<P>> seats;
  private final MemberSet correct;
  private final Scheduler<? super P> scheduler;
  private final Weather weather;
  private final Crashes crashes;
  private final Trace trace;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong((Event event) -> event.time)
              .thenComparingLong(event -> event.sequence));
  private final List<Life> lives = new ArrayList<>();
  private final List<List<Delivery<P>>> histories = new ArrayList<>();
  private long now;
  private long sequence;
  private int crashed;
  private long delivered;

  private record Event(long time, long sequence, Runnable act) {}

  private record Delivery<P>(MemberIndex from, P packet) {}

  /** A member's current life; null while it is down. */
  private final class Life implements Port<P> {
    private final MemberIndex member;
    private @Nullable Participant<P> participant;
    private int number;

    Life(MemberIndex member) {
      this.member = member;
    }

    @Override
    public long now() {
      return now;
    }

    @Override
    public void broadcast(P packet) {
      crashPoint();
      for (var to : roster.members()) {
        if (!to.equals(member)) {
          send(to, packet);
        }
      }
    }

    @Override
    public void send(MemberIndex to, P packet) {
      trace.add(now, member + "->" + to, packet);
      histories.get(to.value()).add(new Delivery<>(member, packet));
      post(member, to, packet);
    }

    @Override
    public void wakeAfter(long milliseconds) {
      var life = number;
      at(now + milliseconds, () -> act(life, p -> p.wake(this)));
    }

    @Override
    public void crashPoint() {
      if (correct.contains(member)
          && crashed < crashes.atMost()
          && crashes.random().nextInt(1000) < crashes.perThousand()) {
        crashed++;
        throw new PowerLoss();
      }
    }

    void begin() {
      if (participant == null) {
        number++;
        participant = seats.get(member.value()).newLife();
        trace.add(now, member + " starts", number);
        act(number, p -> p.start(this));
        // What came while it was down, or before its first start, is sent again.
        for (var missed : List.copyOf(histories.get(member.value()))) {
          post(missed.from(), member, missed.packet());
        }
      }
    }

    void end() {
      if (participant != null) {
        participant = null;
        trace.add(now, member + " loses power", number);
        at(now + 1 + crashes.random().nextInt(crashes.downMax()), this::begin);
      }
    }

    void act(int life, Consumer<Participant<P>> deed) {
      var alive = participant;
      if (alive != null && life == number) {
        try {
          deed.accept(alive);
        } catch (PowerLoss lost) {
          end();
        }
      }
    }
  }

  /**
   * A network that has not started.
   *
   * @param correct the members that crashes may hit; Byzantine ones have no power to lose
   */
  public VirtualNetwork(
      Roster roster,
      List<? extends Seat<P>> seats,
      MemberSet correct,
      Scheduler<? super P> scheduler,
      Weather weather,
      Crashes crashes,
      Trace trace) {
    this.roster = roster;
    this.seats = List.copyOf(seats);
    this.correct = correct;
    this.scheduler = scheduler;
    this.weather = weather;
    this.crashes = crashes;
    this.trace = trace;
    for (var member : roster.members()) {
      histories.add(new ArrayList<>());
      var life = new Life(member);
      lives.add(life);
      at(weather.delay(member, member, new Object(), 0), life::begin);
    }
    if (crashes.powerCutAt() > 0) {
      at(crashes.powerCutAt(), () -> correct.members().forEach(m -> lives.get(m.value()).end()));
    }
  }

  /**
   * Runs until {@code done}, or until nothing is left that could happen.
   *
   * @param eventsMax so many events are a livelock
   * @return whether it was done
   */
  public boolean runUntil(BooleanSupplier done, long eventsMax) {
    var left = eventsMax;
    while (!done.getAsBoolean()) {
      var event = events.poll();
      if (event == null || left-- == 0) {
        return false;
      }
      now = event.time;
      event.act.run();
    }
    return true;
  }

  /** Virtual time in milliseconds. */
  public long now() {
    return now;
  }

  /** How often members lost power in the middle of something. */
  public int crashes() {
    return crashed;
  }

  /** How many packets arrived. */
  public long delivered() {
    return delivered;
  }

  private void post(MemberIndex from, MemberIndex to, P packet) {
    deliverAt(now + scheduler.delay(from, to, packet, now), from, to, packet);
    if (weather.repeats()) {
      deliverAt(now + scheduler.delay(from, to, packet, now), from, to, packet);
    }
  }

  private void deliverAt(long time, MemberIndex from, MemberIndex to, P packet) {
    var life = lives.get(to.value());
    at(
        time,
        () -> {
          delivered++;
          life.act(life.number, p -> p.receive(from, packet, life));
        });
  }

  private void at(long time, Runnable act) {
    events.add(new Event(time, sequence++, act));
  }
}
