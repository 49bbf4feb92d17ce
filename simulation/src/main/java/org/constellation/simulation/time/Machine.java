package org.constellation.simulation.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.constellation.platform.loop.Loops;
import org.jspecify.annotations.Nullable;

/**
 * A computer with a clock of its own, on which a program runs until power fails, and again after
 * that. Whatever the program does to the outside is an effect, and power may fail before any.
 */
public final class Machine {

  private static final int PARTS_PER_MILLION = 1_000_000;

  private final String name;
  private final VirtualTime time;
  private final Trace trace;
  private final Dice dice;
  private final Program program;
  private final Defects defects;
  private final long startMillis;
  private final int drift;
  private final List<Runnable> atPowerLoss = new ArrayList<>();
  private final List<Runnable> afterWork = new ArrayList<>();
  private @Nullable Life life;
  private int effectsLeft = -1;
  private Runnable inTurn = () -> {};
  private long downNanos;
  private int lives;

  /** What a machine runs. */
  @FunctionalInterface
  public interface Program {
    /** Starts it, with everything that it has on this machine's disks. */
    void run(Life life);
  }

  /** Told what no program may do. */
  @FunctionalInterface
  public interface Defects {
    /** An exception came out of a program. */
    void found(String machine, Throwable defect);
  }

  /**
   * @param startMillis what its clock shows when the run begins
   * @param drift how many microseconds its clock gains in a second; negative if it loses
   */
  public Machine(
      String name,
      VirtualTime time,
      Trace trace,
      Dice dice,
      Defects defects,
      long startMillis,
      int drift,
      Program program) {
    this.name = name;
    this.time = time;
    this.trace = trace;
    this.dice = dice;
    this.defects = defects;
    this.startMillis = startMillis;
    this.drift = drift;
    this.program = program;
  }

  /** One run of the program. */
  public final class Life {
    private final Loops loops = new EventLoops(this, time, dice);
    private boolean over;

    private Life() {}

    /** Whose life it is. */
    public Machine machine() {
      return Machine.this;
    }

    /** How its workers take turns. */
    public Loops loops() {
      return loops;
    }

    /** What time it believes to be. */
    public Clock clock() {
      return new MachineClock();
    }

    /** Whether power has failed. */
    public boolean isOver() {
      return over;
    }

    /**
     * To be called right before anything that can be seen from outside, or after a crash.
     *
     * @throws PowerLoss if power fails, or has failed
     */
    public void effect(String what) {
      if (over) {
        throw new PowerLoss(name);
      }
      if (effectsLeft > 0 && --effectsLeft == 0) {
        trace.note(name, "loses power before", () -> what);
        inTurn.run();
        end();
        throw new PowerLoss(name);
      }
    }

    /** Does a part of this life's work, whatever comes of it. */
    void work(Runnable part) {
      if (over) {
        return;
      }
      try {
        part.run();
        if (!over) {
          afterWork.forEach(Runnable::run);
        }
      } catch (PowerLoss e) {
        if (!over) {
          throw new IllegalStateException("another machine's power", e);
        }
      } catch (RuntimeException | Error e) {
        if (!over) {
          defects.found(name, e);
        }
      }
    }

    /** Has something happen in this life, if it lasts so long. */
    public void in(long nanos, Runnable action) {
      time.in(nanos, () -> work(action));
    }
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Draws about this machine. */
  public Dice dice() {
    return dice;
  }

  /** Whether a program runs. */
  public boolean isUp() {
    return life != null;
  }

  /** How often it was started. */
  public int lives() {
    return lives;
  }

  /** How many microseconds its clock gains in a second. */
  public int drift() {
    return drift;
  }

  /** Does something to its disks whenever power fails. */
  public void atPowerLoss(Runnable action) {
    atPowerLoss.add(action);
  }

  /** Has somebody look at it after each part of its work. */
  public void afterWork(Runnable look) {
    afterWork.add(look);
  }

  /** Starts the program, unless it runs. */
  public void start() {
    if (life != null) {
      return;
    }
    lives++;
    trace.note(name, "starts");
    var begun = new Life();
    life = begun;
    begun.work(() -> program.run(begun));
  }

  /** Power fails now, between two turns; whether there was any. */
  public boolean crash(long forNanos) {
    if (life == null) {
      return false;
    }
    downNanos = forNanos;
    trace.note(name, "loses power");
    end();
    return true;
  }

  /**
   * Power fails before one of the next effects.
   *
   * @param then is told, if it comes to that
   */
  public void crashWithin(int effects, long forNanos, Runnable then) {
    effectsLeft = effects;
    downNanos = forNanos;
    inTurn = then;
  }

  /** Power does not fail any more. */
  public void spare() {
    effectsLeft = -1;
  }

  private void end() {
    var ended = life;
    life = null;
    effectsLeft = -1;
    if (ended != null) {
      ended.over = true;
      atPowerLoss.forEach(Runnable::run);
      time.in(downNanos, this::start);
    }
  }

  /** What passes on this machine's clocks while so much passes in truth. */
  private long shown(long nanos) {
    return nanos + nanos / PARTS_PER_MILLION * drift;
  }

  /** What passes in truth while so much passes on this machine's clocks. */
  long real(long shownNanos) {
    return shownNanos - shownNanos / PARTS_PER_MILLION * drift;
  }

  long nanos() {
    return shown(time.nowNanos());
  }

  /** What its clock shows, whoever looks at it. */
  public long clockMillis() {
    return startMillis + nanos() / VirtualTime.MILLISECOND;
  }

  private final class MachineClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public long millis() {
      return clockMillis();
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
