package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Four members, so two equal votes adopt. */
class TableVotingTest {

  private static final Hash MODEL = Hash.fromHex("33".repeat(32));

  private final TestLedger ledger = new TestLedger(TestNetwork.small());

  @BeforeEach
  void someBlocks() {
    ledger.block().execute();
    ledger.block().execute();
  }

  private static TableVote table(String kind, long asOf, int digest) {
    return new TableVote(kind, asOf, MODEL, Hash.fromHex("%02x".formatted(digest).repeat(32)));
  }

  private List<TableVote> vote(int member, TableVote... votes) {
    return ledger
        .block()
        .votes(new MemberTableVotes(member, List.of(votes)))
        .execute()
        .adoptedTables();
  }

  @Test
  void adoptsWhatTwoMembersVoteForAlsoInDifferentBlocks() {
    var table = table("meme", 1, 7);
    assertThat(vote(0, table)).isEmpty();
    assertThat(vote(0, table)).isEmpty();
    assertThat(vote(1)).isEmpty();
    assertThat(vote(3, table)).containsExactly(table);
    assertThat(vote(2, table)).isEmpty();
    assertThat(ledger.state().adoptedTable("meme")).contains(table);
  }

  @Test
  void differentDigestsAreDifferentVotes() {
    assertThat(vote(0, table("meme", 1, 7))).isEmpty();
    assertThat(vote(1, table("meme", 1, 8))).isEmpty();
    assertThat(vote(2, table("meme", 2, 7))).isEmpty();
    assertThat(vote(3, table("group", 1, 7))).isEmpty();
    assertThat(ledger.state().adoptedTable("meme")).isEmpty();
  }

  @Test
  void aMembersLatestVoteReplacesItsEarlierOne() {
    vote(0, table("meme", 1, 7));
    vote(0, table("meme", 1, 8));
    assertThat(vote(1, table("meme", 1, 7))).isEmpty();
    assertThat(vote(2, table("meme", 1, 8))).containsExactly(table("meme", 1, 8));
  }

  @Test
  void aTableGivesWayOnlyToALaterOne() {
    vote(0, table("meme", 2, 7));
    vote(1, table("meme", 2, 7));
    vote(2, table("meme", 1, 9));
    assertThat(vote(3, table("meme", 1, 9))).isEmpty();
    ledger.block().execute();
    vote(2, table("meme", 3, 9));
    assertThat(vote(3, table("meme", 3, 9))).containsExactly(table("meme", 3, 9));
  }

  @Test
  void adoptsSeveralKindsAtOnceInTheirOrder() {
    vote(0, table("b", 1, 1), table("a", 1, 2));
    assertThat(vote(1, table("a", 1, 2), table("b", 1, 1)))
        .containsExactly(table("a", 1, 2), table("b", 1, 1));
  }

  @Test
  void ignoresStrangersAndTablesOfTheFuture() {
    vote(4, table("meme", 1, 7));
    vote(-1, table("meme", 1, 7));
    assertThat(vote(0, table("meme", 1, 7))).isEmpty();
    vote(1, table("meme", 99, 7));
    assertThat(vote(2, table("meme", 99, 7))).isEmpty();
  }
}
