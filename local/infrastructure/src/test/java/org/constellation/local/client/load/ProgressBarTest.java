package org.constellation.local.client.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final long TWELVE_SECONDS = 12_000_000_000L;

  @Test
  void fillsUpToItsEnd() {
    assertThat(ProgressBar.line("rows", 150, 300, TWELVE_SECONDS, "sent 200"))
        .isEqualTo("rows     [###############...............] 150/300  12 s  sent 200");
    assertThat(ProgressBar.line("rows", 301, 300, TWELVE_SECONDS, ""))
        .startsWith("rows     [##############################] 301/300");
  }

  @Test
  void onlyCountsWhereNobodyKnowsTheEnd() {
    assertThat(ProgressBar.line("load", 514, 0, TWELVE_SECONDS, "open 5"))
        .isEqualTo("load     514  12 s  open 5");
  }
}
