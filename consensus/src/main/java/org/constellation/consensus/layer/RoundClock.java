package org.constellation.consensus.layer;

/** When things happened in one round, and how much of them; and when to speak up again. */
final class RoundClock {

  private long startedMillis;
  private long builtMillis;
  private long nextResendMillis;
  private long resendInterval;
  private int votesReceived;
  private long bytesReceived;
  private int pulls;
  private int resends;

  long startedMillis() {
    return startedMillis;
  }

  void start(long nowMillis, LayerTiming timing) {
    startedMillis = Math.max(1, nowMillis);
    spoke(nowMillis, timing);
  }

  void built(long nowMillis) {
    builtMillis = nowMillis;
  }

  /** A new word shows that the round moves: whoever missed one before it is told again soon. */
  void spoke(long nowMillis, LayerTiming timing) {
    var soon = nowMillis + timing.resendFirst();
    nextResendMillis = resendInterval == 0 ? soon : Math.min(nextResendMillis, soon);
    resendInterval = timing.resendFirst();
  }

  boolean isResendDue(long nowMillis, LayerTiming timing) {
    if (resendInterval == 0 || nowMillis < nextResendMillis) {
      return false;
    }
    resendInterval = Math.min(timing.resendMax(), resendInterval * 2);
    nextResendMillis = nowMillis + resendInterval;
    resends++;
    return true;
  }

  void received(int bytes) {
    votesReceived++;
    bytesReceived += bytes;
  }

  void pulled() {
    pulls++;
  }

  RoundReport report(long round, long certifiedMillis, int votesSent, int agreed) {
    return new RoundReport(
        round,
        startedMillis,
        builtMillis,
        certifiedMillis,
        votesSent,
        votesReceived,
        bytesReceived,
        pulls,
        resends,
        agreed);
  }
}
