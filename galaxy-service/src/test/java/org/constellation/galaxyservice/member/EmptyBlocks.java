package org.constellation.galaxyservice.member;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
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
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.GalaxyCodec;

/** Blocks of a galaxy of four in which nothing happens. */
final class EmptyBlocks {

  static final int MEMBERS = 4;
  private static final Bytes POINT = point();
  static final List<SigningKey> KEYS =
      Stream.generate(new SplittableRandom(7)::split)
          .map(Ed25519.best()::generate)
          .limit(MEMBERS)
          .sorted(Comparator.comparing(SigningKey::publicKey))
          .toList();
  static final EraPlan PLAN =
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

  private EmptyBlocks() {}

  /** Signed by the first members. */
  static GalaxyBlock block(long height, int signatures) {
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

  private static Bytes point() {
    var point = new byte[33];
    point[0] = 2;
    return Bytes.copyOf(point);
  }
}
