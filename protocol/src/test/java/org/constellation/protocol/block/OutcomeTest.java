package org.constellation.protocol.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Codes stand in receipts for ever: one may be added here, none may change. */
class OutcomeTest {

  @Test
  void codesStayAsTheyAre() {
    assertThat(
            Arrays.stream(Outcome.values())
                .map(outcome -> outcome.code() + " " + outcome)
                .collect(Collectors.joining("\n")))
        .isEqualTo(
            """
            1 HELD
            2 SETTLED
            3 AGREEMENT_WAITING
            4 REFUSED
            5 CANCELLED
            6 EXPIRED
            7 LAPSED
            8 RECORDED
            9 WITHDRAWN
            20 INSUFFICIENT_FUNDS
            21 UNKNOWN_ASSET
            22 UNKNOWN_COUNTERPARTY
            23 PROPOSAL_EXPIRED
            24 VALIDITY_TOO_LONG
            25 NO_HOLD
            26 ALREADY_SETTLED
            27 AMOUNT_OVERFLOW
            28 TOO_MANY_HOLDS
            29 TOO_MANY_WAITING
            30 NOT_COUNTERPARTY
            31 NOT_PROPOSER
            32 BAD_KEY_PROOF
            33 ALREADY_WAITING
            34 SELF_DEALING
            40 WRONG_HOME
            41 NOT_NEXT
            42 WRONG_KEY
            43 BAD_SIGNATURE
            44 WRONG_NETWORK
            45 FORK
            46 DOUBLE_VOTE
            47 TWO_HEADERS
            60 STALE_COUNTER
            61 ALREADY_HOME
            62 UNKNOWN_CLUSTER
            63 UNKNOWN_STAR
            64 NOT_AT_HEAD
            65 NO_PLAN
            66 NOT_CANDIDATE
            67 POOL_BUSY
            68 TOO_FEW_CLUSTERS\
            """);
  }
}
