package org.constellation.platform.member;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.constellation.platform.TestCommittees;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.journal.TestJournals;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.envelope.Committee;

/** Drivers of members that only echo. */
public final class TestDrivers {

  private TestDrivers() {}

  /** One that is started, with a journal in that directory. */
  public static MemberDriver<?> start(Path directory, Loops loops) throws JournalUnusable {
    var network = TestNetwork.hashOf("drivers");
    var galaxy = TestCommittees.of(Committee.GALAXY, 4, 1);
    var seat = new MemberSeat(network, galaxy.plan(), 0, galaxy.keys().getFirst());
    var driver =
        new MemberDriver<>(
            "test",
            seat,
            new EchoingCore(),
            new TestJournals().create(directory, new Owner(network, seat.key().publicKey())),
            new RecordingPublisher(),
            new Topics("drivers"),
            _ -> {},
            new MemberMetrics(new SimpleMeterRegistry(), seat, 0),
            TestNetwork.properties(MemberProperties.class, Map.of()),
            Clock.systemUTC(),
            loops);
    driver.start();
    return driver;
  }
}
