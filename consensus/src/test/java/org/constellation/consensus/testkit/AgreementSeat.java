package org.constellation.consensus.testkit;

import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Step;
import org.constellation.consensus.agreement.BinaryAgreement;

/** A member that runs one binary agreement. */
public final class AgreementSeat implements Seat<Packet> {

  /** A member of an honest run gets further with a probability of about 2^−21. */
  private static final int ROUNDS_MAX = BinaryAgreement.FUTURE_ROUNDS_MAX;

  private final MemberIndex self;
  private final boolean input;
  private final AgreementRun.Machines machines;
  private final Observations<Boolean> observations;
  private final MemberJournal journal = new MemberJournal();
  private int roundMax;

  /** A member that will put {@code input} in. */
  public AgreementSeat(
      MemberIndex self,
      boolean input,
      AgreementRun.Machines machines,
      Observations<Boolean> observations) {
    this.self = self;
    this.input = input;
    this.machines = machines;
    this.observations = observations;
  }

  /** The highest round that the member was in when it decided, from 0. */
  public int roundMax() {
    return roundMax;
  }

  @Override
  public Participant<Packet> newLife() {
    var machine = machines.make(self, journal.recall());
    return new Participant<>() {
      @Override
      public void start(Port<Packet> port) {
        act(machine.resume(), port);
        act(machine.input(input), port);
      }

      @Override
      public void receive(MemberIndex from, Packet packet, Port<Packet> port) {
        for (var vote : packet.votes()) {
          act(machine.handle(from, vote), port);
        }
      }

      private void act(Step<Boolean> step, Port<Packet> port) {
        if (step.isToBeJournalled()) {
          port.crashPoint();
          journal.append(step);
        }
        observations.saw(self, step);
        if (machine.round() > ROUNDS_MAX) {
          throw new AssertionError("no end: " + self + " is in round " + machine.round());
        }
        if (!step.outputs().isEmpty()) {
          roundMax = Math.max(roundMax, machine.round());
        }
        if (!step.votes().isEmpty()) {
          observations.sent(self, step.votes());
          for (var vote : step.votes()) {
            port.broadcast(Packet.of(List.of(vote)));
          }
        }
      }
    };
  }
}
