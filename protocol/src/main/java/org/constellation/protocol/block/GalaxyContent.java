package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.notice.Notice;

/** What a galaxy block executes, in execution order. */
public record GalaxyContent(
    List<CertifiedCheckpoint> checkpoints,
    List<Notice> notices,
    List<Evidence> evidence,
    List<MemberTableVotes> votes) {

  public GalaxyContent {
    checkpoints = List.copyOf(checkpoints);
    notices = List.copyOf(notices);
    evidence = List.copyOf(evidence);
    votes = List.copyOf(votes);
  }
}
