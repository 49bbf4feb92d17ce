package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.galaxyservice.member.GalaxyMembers;
import org.constellation.platform.member.MemberView;
import org.constellation.platform.member.Members;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four facilitators and four galaxy members in one JVM, every message through a real broker. */
class PaymentTest {

  @TempDir private Path directory;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @Test
  void becomesFinalAndEveryMessageOnTheWayIsARecordOfTheBroker() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "payment");
        var ledger = network.follow();
        var _ = network.start()) {
      var payer = network.treasury();
      var payee = network.facilitator(1);
      var proposal = payer.pay(payee.id(), 1_000, 1_000);
      var agreement = payee.agree(proposal.last().id());
      network.sendUntil(
          ledger,
          List.of(proposal, agreement),
          state -> state.balance(payee.id(), AssetId.NO0S) == 1_000);

      var state = ledger.latestState().orElseThrow();
      var records = records(network);
      var topics = network.topics();
      var cluster = Committee.ofCluster(0);
      var round = state.cluster(0).orElseThrow().round();
      assertThat(ledger.trouble()).isEmpty();
      assertThat(records.get(topics.gossip(0))).isPositive();
      assertThat(records.get(topics.consensus(Committee.GALAXY)))
          .isGreaterThanOrEqualTo(state.height() * state.galaxyPlan().quorum());
      assertThat(records.get(topics.consensus(cluster)))
          .isGreaterThanOrEqualTo(round * state.eraPlan(cluster).orElseThrow().quorum());
      assertThat(records.get(topics.checkpoints(0))).isGreaterThanOrEqualTo(round);
      assertThat(records.get(topics.blocks())).isGreaterThanOrEqualTo(state.height());
    }
  }

  @Test
  void goesOnWhereItStoodAfterEveryMemberWasStopped() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "restart");
        var ledger = network.follow()) {
      var payer = network.treasury();
      var payee = network.facilitator(1);
      for (var run = 1; run <= 3; run++) {
        var paid = run;
        var before = ledger.height();
        if (run == 3) {
          // As long as all blocks are stored elsewhere, a journal begins anywhere.
          for (var number = 1; number <= network.settings().galaxies(); number++) {
            network.cutJournal(network.settings().files().galaxyMember(number), before - 1);
          }
        }
        try (var running = network.start()) {
          var proposal = payer.pay(payee.id(), 1, 1_000);
          var agreement = payee.agree(proposal.last().id());
          network.sendUntil(
              ledger,
              List.of(proposal, agreement),
              state -> state.balance(payee.id(), AssetId.NO0S) == paid);
          await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= before + 5);
          assertThat(members(running)).allMatch(view -> view.stalled().isEmpty());
        }
      }
      assertThat(ledger.trouble()).isEmpty();
    }
  }

  @Test
  void membersLetGoOfBlocksThatTheLedgerHasStored() throws Exception {
    try (var network = new TestNetwork(directory, RealKafka.bootstrapServers(), "stored");
        var ledger = network.follow();
        var running = network.start()) {
      var members = running.context(GalaxyServiceApplication.NAME).getBean(GalaxyMembers.class);
      await().atMost(TestNetwork.PATIENCE).until(() -> ledger.height() >= 5);
      assertThat(members.hosted()).allMatch(member -> member.unconfirmed() >= 4);
      await()
          .atMost(TestNetwork.PATIENCE)
          .until(
              () -> {
                network.reportStored(ledger.height());
                return members.hosted().stream().allMatch(member -> member.unconfirmed() <= 2);
              });
    }
  }

  private static List<MemberView> members(RunningServices running) {
    return Stream.of(ClusterConsensusApplication.NAME, GalaxyServiceApplication.NAME)
        .flatMap(name -> running.context(name).getBean(Members.class).views().stream())
        .toList();
  }

  private static Map<Topic, Long> records(TestNetwork network)
      throws ExecutionException, InterruptedException {
    Map<String, Object> settings =
        Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, RealKafka.bootstrapServers());
    try (var admin = Admin.create(settings)) {
      var records = new HashMap<Topic, Long>();
      for (var topic : network.topics().all(List.of(0))) {
        var partition = new TopicPartition(topic.name(), 0);
        var end =
            admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition);
        records.put(topic, end.get().offset());
      }
      return records;
    }
  }
}
