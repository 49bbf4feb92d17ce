package org.constellation.consensus.testkit;

import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;

/**
 * The seat of a Byzantine member: an honest one whose packets are tampered with.
 *
 * @param roster the committee
 * @param self the member
 * @param honest what it would be if it were honest
 * @param tamper what it makes of that
 * @param <P> what travels
 */
public record TamperedSeat<P>(Roster roster, MemberIndex self, Seat<P> honest, Tamper<P> tamper)
    implements Seat<P> {

  @Override
  public Participant<P> newLife() {
    var inner = honest.newLife();
    return new Participant<>() {
      @Override
      public void start(Port<P> port) {
        inner.start(new TamperedPort(port));
      }

      @Override
      public void receive(MemberIndex from, P packet, Port<P> port) {
        inner.receive(from, packet, new TamperedPort(port));
      }

      @Override
      public void wake(Port<P> port) {
        inner.wake(new TamperedPort(port));
      }
    };
  }

  private final class TamperedPort implements Port<P> {
    private final Port<P> real;

    TamperedPort(Port<P> real) {
      this.real = real;
    }

    @Override
    public long now() {
      return real.now();
    }

    @Override
    public void broadcast(P packet) {
      roster.members().stream().filter(to -> !to.equals(self)).forEach(to -> send(to, packet));
    }

    @Override
    public void send(MemberIndex to, P packet) {
      tamper.instead(packet, to).forEach(other -> real.send(to, other));
    }

    @Override
    public void wakeAfter(long milliseconds) {
      real.wakeAfter(milliseconds);
    }

    @Override
    public void crashPoint() {}
  }
}
