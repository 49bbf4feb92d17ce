package org.constellation.galaxyservice.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.GalaxyCodec;
import org.junit.jupiter.api.Test;

class PublishedBlocksTest {

  private static final int MEMBERS = 4;
  private static final Bytes POINT = point();
  private static final List<SigningKey> KEYS =
      Stream.generate(new SplittableRandom(7)::split)
          .map(Ed25519.best()::generate)
          .limit(MEMBERS)
          .sorted(Comparator.comparing(SigningKey::publicKey))
          .toList();
  private static final EraPlan PLAN =
      new EraPlan(
          Committee.GALAXY,
          0,
          KEYS.stream()
              .map(SigningKey::publicKey)
              .map(key -> new CommitteeMember(StarId.of(key.toBytes()), key, POINT))
              .toList(),
          new KeySet(
              Hash.ZERO,
              1,
              POINT,
              Collections.nCopies(MEMBERS, POINT),
              IntStream.rangeClosed(1, MEMBERS).boxed().toList()),
          0);

  private final Map<Long, Hash> own = new HashMap<>();
  private final PublishedBlocks published =
      new PublishedBlocks(PLAN, Ed25519.best(), height -> Optional.ofNullable(own.get(height)));

  private static Bytes point() {
    var point = new byte[33];
    point[0] = 2;
    return Bytes.copyOf(point);
  }

  @Test
  void believesNoHeightThatOnlyTheFaultyName() {
    show(1, block(10, PLAN.quorum()));
    show(2, block(12, PLAN.quorum()));
    assertThat(published.height()).isEqualTo(10);

    var chunk = new BlockChunk(Long.MAX_VALUE, Hash.ZERO, 0, 1, Bytes.copyOf(new byte[1]));
    published.completes(memberKey(3), chunk);
    assertThat(published.height()).isEqualTo(12);
    show(1, block(13, PLAN.quorum()));
    assertThat(published.height()).isEqualTo(13);
  }

  @Test
  void takesABlockForSentOnlyWithItsCertificate() {
    var block = block(5, PLAN.quorum());
    own.put(5L, block.header().hash());
    assertThat(show(1, block(5, PLAN.quorum() - 1))).isFalse();
    assertThat(published.completes(memberKey(1), named(5, block.header().hash()))).isFalse();
    assertThat(show(2, block)).isTrue();
  }

  @Test
  void putsTogetherOnlyWhatItHoldsItself() {
    assertThat(show(1, block(6, PLAN.quorum()))).isFalse();
  }

  /** Whether the last chunk of the block completes it. */
  private boolean show(int member, GalaxyBlock block) {
    var complete = false;
    var header = block.header();
    for (var chunk : BlockChunks.cut(header.height(), header.hash(), GalaxyCodec.encode(block))) {
      complete = published.completes(memberKey(member), chunk);
    }
    return complete;
  }

  private static BlockChunk named(long height, Hash block) {
    return new BlockChunk(height, block, 0, 1, Bytes.copyOf(new byte[] {1, 2, 3}));
  }

  private static PublicKey memberKey(int member) {
    return KEYS.get(member).publicKey();
  }

  private static GalaxyBlock block(long height, int signatures) {
    var content = new GalaxyContent(List.of(), List.of(), List.of(), List.of());
    var header = header(height, content);
    var message = Certificate.signedMessage(header.hash());
    var certificate =
        new Certificate(
            IntStream.range(0, signatures)
                .mapToObj(
                    member ->
                        new Certificate.MemberSignature(member, KEYS.get(member).sign(message)))
                .toList());
    return new GalaxyBlock(header, certificate, content, List.of());
  }

  private static GalaxyHeader header(long height, GalaxyContent content) {
    return GalaxyCodec.header(
        Hash.ZERO,
        0,
        height,
        Hash.ZERO,
        GalaxyCodec.contentRoot(content),
        GalaxyCodec.receiptsRoot(List.of()),
        Hash.ZERO,
        List.of(),
        Mint.NONE,
        List.of(),
        List.of(),
        Hash.ZERO,
        LedgerTime.startingAt(1_000_000),
        Collections.nCopies(MEMBERS, new MemberRecord(true, 0, 0, 0)),
        0);
  }
}
