package org.constellation.protocol.wire;

import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.wire.proto.BlockMessages;

/** Who serves a committee, and under which keys. */
final class PlanCodec {

  private PlanCodec() {}

  static BlockMessages.EraPlan write(EraPlan plan) {
    var message =
        BlockMessages.EraPlan.newBuilder()
            .setLayer(plan.committee().layer().code())
            .setCluster(plan.committee().cluster())
            .setEra(plan.era())
            .setKeySet(write(plan.keySet()))
            .setEffectiveHeight(plan.effectiveHeight());
    for (var member : plan.members()) {
      message.addMembers(
          BlockMessages.CommitteeMember.newBuilder()
              .setStar(Fields.of(member.star()))
              .setOperationalKey(Fields.of(member.operationalKey()))
              .setAgreementKey(Fields.of(member.agreementKey())));
    }
    return message.build();
  }

  static EraPlan read(BlockMessages.EraPlan message) {
    Fields.require(message.hasKeySet(), "key set");
    Fields.atMost(EraPlan.MEMBERS_MAX, message.getMembersCount(), "members");
    return new EraPlan(
        EnvelopeCodec.committee(message.getLayer(), message.getCluster()),
        Fields.natural(message.getEra(), "era"),
        message.getMembersList().stream().map(PlanCodec::read).toList(),
        read(message.getKeySet()),
        Fields.natural(message.getEffectiveHeight(), "effective height"));
  }

  private static CommitteeMember read(BlockMessages.CommitteeMember message) {
    return new CommitteeMember(
        Fields.star(message.getStar(), "star"),
        Fields.key(message.getOperationalKey(), "operational key"),
        Fields.point(message.getAgreementKey(), "agreement key"));
  }

  private static BlockMessages.KeySet write(KeySet keys) {
    var message =
        BlockMessages.KeySet.newBuilder()
            .setId(Fields.of(keys.id()))
            .setThreshold(keys.threshold())
            .setPublicKey(Fields.of(keys.publicKey()))
            .addAllIndexTable(keys.indexTable());
    for (var share : keys.publicShares()) {
      message.addPublicShares(Fields.of(share));
    }
    return message.build();
  }

  private static KeySet read(BlockMessages.KeySet message) {
    Fields.atMost(KeySet.SHARES_MAX, message.getPublicSharesCount(), "public shares");
    Fields.atMost(EraPlan.MEMBERS_MAX, message.getIndexTableCount(), "indexes");
    return new KeySet(
        Fields.hash(message.getId(), "id"),
        Fields.natural(message.getThreshold(), "threshold"),
        Fields.point(message.getPublicKey(), "public key"),
        message.getPublicSharesList().stream()
            .map(share -> Fields.point(share, "public share"))
            .toList(),
        message.getIndexTableList().stream()
            .map(index -> Fields.natural(index, "threshold index"))
            .toList());
  }
}
