package org.constellation.galaxyservice.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.MemberFeed;
import org.constellation.platform.hosting.PoolAge;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.wire.NoticeCodec;

/** Brings notices to a galaxy member. Anybody may send: a notice proves itself. */
final class NoticeIntake {

  private final Hosting hosting;
  private final MemberSeat seat;
  private final MemberDriver<ExecutedBlock> driver;
  private final GalaxyRules rules;
  private final PoolAge<PoolEntry> age;
  private final Runnable afterwards;

  /**
   * @param afterwards called in the member's turn after its pool changed
   */
  NoticeIntake(
      Hosting hosting,
      MemberSeat seat,
      MemberDriver<ExecutedBlock> driver,
      GalaxyRules rules,
      PoolAge<PoolEntry> age,
      Runnable afterwards) {
    this.hosting = hosting;
    this.seat = seat;
    this.driver = driver;
    this.rules = rules;
    this.age = age;
    this.afterwards = afterwards;
  }

  MemberFeed open() {
    return new MemberFeed(
        hosting.transport(),
        new Subscription(
            hosting.service() + "-" + seat.name() + "-notices",
            seat.network(),
            List.of(Feed.of(hosting.topics().notices())),
            Subscription.StartAt.LATEST,
            SenderCheck.anyone(),
            hosting.verifierOf(seat)),
        driver,
        batch -> Optional.of(prepare(batch)));
  }

  private Runnable prepare(List<ReceivedEnvelope> batch) {
    var notices = new ArrayList<Notice>();
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        NoticeCodec.decode(message)
            .toOptional()
            .ifPresentOrElse(notices::add, () -> rejected("MALFORMED"));
      }
    }
    return () -> offer(notices);
  }

  private void offer(List<Notice> notices) {
    for (var notice : notices) {
      rules
          .offer(notice)
          .ifPresentOrElse(
              reason -> rejected(Reasons.codeOf(reason)),
              () -> age.add(new PoolEntry.OfStar(notice.star(), notice.kind(), notice.counter())));
    }
    afterwards.run();
  }

  private void rejected(String code) {
    hosting
        .meters()
        .counter(Metrics.REJECTED, hosting.tags(seat).and(Metrics.CODE, code))
        .increment();
  }
}
