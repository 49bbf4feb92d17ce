package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BalanceTest {

  @Test
  void saysOfAStarWithNothingThatItHasNothing() {
    assertThat(shown("{'balances':[],'holds':[]}")).isEqualToNormalizingWhitespace("0 no0s");
  }

  @Test
  void showsWhatIsOnHoldBesideWhatIsLeft() {
    assertThat(
            shown(
                """
                {'balances':[{'asset':'no0s','symbol':'no0s','amount':'67'},
                             {'asset':'ab','symbol':'PTS','amount':'5'}],
                 'holds':[{'asset':'no0s','symbol':'no0s','amount':'33'}]}
                """))
        .isEqualToNormalizingWhitespace("67 no0s 5 PTS ab 33 no0s on hold");
  }

  @Test
  void showsWhatIsOnHoldWhereNothingIsLeft() {
    assertThat(shown("{'balances':[],'holds':[{'asset':'no0s','symbol':'no0s','amount':'33'}]}"))
        .isEqualToNormalizingWhitespace("0 no0s 33 no0s on hold");
  }

  private static String shown(String star) {
    var bytes = new ByteArrayOutputStream();
    Balance.show(
        new JsonMapper().readTree(star.replace('\'', '"')),
        new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
