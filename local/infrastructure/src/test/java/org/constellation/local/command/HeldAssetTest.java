package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HeldAssetTest {

  private static final JsonNode STAR =
      JsonMapper.shared()
          .readTree(
              """
              {"balances": [
                {"asset": "no0s", "symbol": "no0s", "amount": "5"},
                {"asset": "aa", "symbol": "MEAL", "amount": "1"},
                {"asset": "bb", "symbol": "POINT", "amount": "1"},
                {"asset": "cc", "symbol": "POINT", "amount": "1"}]}
              """);

  @Test
  void isTheOneThatTheStarHas() throws IOException {
    assertThat(HeldAsset.named("MEAL", STAR)).isEqualTo("aa");
    assertThat(HeldAsset.named("no0s", STAR)).isEqualTo("no0s");
  }

  @Test
  void isTakenForAnIdOtherwise() throws IOException {
    assertThat(HeldAsset.named("bb", STAR)).isEqualTo("bb");
    assertThat(HeldAsset.named("BREAD", STAR)).isEqualTo("BREAD");
  }

  @Test
  void isAskedForAgainIfItMayBeSeveral() {
    assertThatIOException()
        .isThrownBy(() -> HeldAsset.named("POINT", STAR))
        .withMessageContaining("bb, cc");
  }
}
