package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GenesisCodec;
import org.junit.jupiter.api.Test;

/** Whatever stars, clusters and a few members put together: the galaxy can still make a block. */
class GalaxyBlockLimitsTest {

  private static final int MEMBERS = 13;

  private final EraPlan plan =
      VirtualCommittee.plan(Committee.GALAXY, VirtualCommittee.keys(Committee.GALAXY, MEMBERS));
  private final List<SigningKey> clusterKeys = VirtualCommittee.keys(Committee.ofCluster(0), 4);
  private final EraPlan cluster = VirtualCommittee.plan(Committee.ofCluster(0), clusterKeys);
  private final List<MacKey> stars =
      IntStream.range(0, 64)
          .mapToObj(i -> MacKey.of("star", i))
          .sorted(Comparator.comparing(MacKey::publicKey))
          .toList();
  private final Genesis genesis =
      GenesisCodec.genesis(
          "sim",
          Genesis.Parameters.DEFAULT,
          plan,
          List.of(cluster),
          stars.stream().map(key -> VirtualStar.genesis(key, 0)).toList(),
          0);
  private final Hash tip = GalaxyHeader.genesisOf(genesis.network());

  private GalaxyRules member() {
    return new GalaxyRules(plan, LedgerState.genesis(genesis), tip, MacKey.VERIFIER);
  }

  private Bytes proposal(GalaxyRules member) {
    return member.propose(new ProposalContext(1, tip, 1_000, Collections.nCopies(MEMBERS, 0), 0));
  }

  private VirtualStar star(int index) {
    return new VirtualStar(genesis.network(), stars.get(index), 0);
  }

  /** A segment of nearly its longest, a different one for each {@code mark}. */
  private static Segment longSegment(VirtualStar star, int halfBlocks, int mark) {
    var manifest = new byte[Body.PAYLOAD_BYTES_MAX];
    Arrays.fill(manifest, (byte) mark);
    return star.write(
        IntStream.range(0, halfBlocks)
            .<Body>mapToObj(
                _ -> new Body.ContractRegistration("long", Hash.ZERO, Bytes.copyOf(manifest)))
            .toArray(Body[]::new));
  }

  private Evidence fork(int star, int halfBlocks) {
    return new Evidence.Fork(
        longSegment(star(star), halfBlocks, 1), longSegment(star(star), halfBlocks, 2));
  }

  @Test
  void everyCheckpointThatAClusterCanCertifyIsNamedAndTakenUp() {
    // 1,970 half-blocks of some 4,250 bytes, just under 8 MiB, and 7 forks of 59 each, under 4 MiB.
    var segments =
        IntStream.range(0, 34).mapToObj(i -> longSegment(star(i), i < 33 ? 59 : 23, 0)).toList();
    var evidence = IntStream.range(34, 41).mapToObj(i -> fork(i, 59)).toList();
    var body = new CheckpointBody(segments, evidence);
    var checkpoint = certified(body);
    var encoded = CheckpointCodec.encode(checkpoint);
    assertThat(encoded.length()).isGreaterThan(11 * 1024 * 1024);
    var member = member();
    var hash = checkpoint.header().hash();
    assertThat(member.offerBody(encoded)).isEqualTo(new Offered.Held(hash, true));

    var payload = proposal(member);

    assertThat(member.examine(payload)).isEqualTo(new Examined.Valid(List.of(hash)));
    assertThat(member.isWithinLimits(payload)).isTrue();
    assertThat(build(member, List.of(payload)).content().checkpoints()).hasSize(1);
  }

  private CertifiedCheckpoint certified(CheckpointBody body) {
    var header =
        CheckpointCodec.header(
            genesis.network(),
            0,
            0,
            1,
            CheckpointHeader.genesisOf(genesis.network(), 0),
            0,
            body,
            List.of(),
            1);
    var signatures =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new Certificate.MemberSignature(
                        i, clusterKeys.get(i).sign(Certificate.signedMessage(header.hash()))))
            .toList();
    return new CertifiedCheckpoint(header, new Certificate(signatures), body);
  }

  private ExecutedBlock build(GalaxyRules member, List<Bytes> payloads) {
    var agreed = new ArrayList<AgreedProposal>();
    for (var i = 0; i < payloads.size(); i++) {
      agreed.add(new AgreedProposal(i, payloads.get(i)));
    }
    var built = member.build(new BuildInput(1, tip, agreed, Hash.ZERO));
    assertThat(built).isInstanceOf(Built.Ready.class);
    return ((Built.Ready<ExecutedBlock>) built).block();
  }
}
