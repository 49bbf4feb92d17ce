package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/** A disk may keep the beginning of a batch only; whatever is there must be of use. */
class TornJournalTest {

  private final ToyRules rules = new ToyRules();

  /** What the only member of a committee writes before it sends its first proposal. */
  private List<JournalRecord> firstBatch() {
    var keys = VirtualCommittee.keys(Committee.GALAXY, 1);
    var config =
        new LayerConfig(
            Hash.ZERO,
            VirtualCommittee.plan(Committee.GALAXY, keys),
            0,
            LayerTiming.withIdle(1_000));
    var coin = new KeyedHashCoins(new Roster(1), 1).of(new MemberIndex(0));
    var layer =
        new Layer<>(
            config,
            rules,
            new LayerPorts(coin, keys.getFirst()::sign, MacKey.VERIFIER),
            LayerRecall.nothing());
    var step = layer.start(0);
    for (var now = 0; step.journal().isEmpty() && now < 5_000; now += 25) {
      step = layer.time(now);
    }
    return step.journal();
  }

  /** Seed 199 of the layer simulation: it proposed again what nobody held any more. */
  @Test
  void aProposalIsNeverThereWithoutTheBodiesThatItNames() {
    for (var i = 0; i < 3; i++) {
      rules.add(Bytes.copyOf(("word " + i).getBytes(StandardCharsets.UTF_8)));
    }
    var batch = firstBatch();
    var bodies = new TreeSet<Hash>();
    var proposals = new ArrayList<Bytes>();
    for (var entry : batch) {
      if (entry instanceof JournalRecord.Body(_, var reference, _)) {
        bodies.add(reference);
      } else if (entry instanceof JournalRecord.Proposed(_, var payload)) {
        proposals.add(payload);
        var hashes = ToyRules.hashes(payload);
        assertThat(hashes.subList(1, hashes.size())).hasSize(3).allMatch(bodies::contains);
      }
    }
    assertThat(proposals).hasSize(1);
  }
}
