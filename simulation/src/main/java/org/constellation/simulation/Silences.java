package org.constellation.simulation;

import java.util.ArrayList;
import java.util.List;
import org.constellation.simulation.network.MemberNode;
import org.constellation.simulation.network.Network;
import org.constellation.simulation.network.World;

/** Counts which correct members fall silent and why, and which speak again. */
final class Silences {

  private static final String NO_ROOM = "disk: no space left on device";

  private final World world;
  private final List<Sight> sights = new ArrayList<>();

  Silences(World world, Network network) {
    this.world = world;
    for (var member : network.members()) {
      if (!world.guilty().isMember(member.seat().key().publicKey())) {
        sights.add(new Sight(member));
      }
    }
  }

  /** Now and then: nobody is silent for a moment only. */
  void look() {
    sights.forEach(Sight::look);
  }

  private final class Sight {
    private final MemberNode member;
    private int life;
    private String reason = "";
    private long certified;

    private Sight(MemberNode member) {
      this.member = member;
    }

    private void look() {
      var machine = member.machine();
      if (!machine.isUp()) {
        return;
      }
      if (machine.lives() != life) {
        life = machine.lives();
        reason = "";
      }
      var now = member.stopped().orElse("");
      if (now.isEmpty()) {
        goesOn();
      } else if (!now.equals(reason)) {
        reason = now;
        certified = member.certified();
        count();
      }
    }

    private void goesOn() {
      if (reason.equals(NO_ROOM) && member.certified() > certified) {
        world.tally().transition("member goes on after a full disk");
        reason = "";
      }
    }

    private void count() {
      if (Ending.hasNoJournal(reason)) {
        world.tally().transition("member silent without a journal");
      } else if (Ending.isForgetful(reason)) {
        world.tally().transition("member silent for an old journal");
      }
    }
  }
}
