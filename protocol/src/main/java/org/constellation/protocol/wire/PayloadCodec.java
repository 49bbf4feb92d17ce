package org.constellation.protocol.wire;

import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.wire.proto.NoticeMessages;

/** What notices say. */
final class PayloadCodec {

  private PayloadCodec() {}

  static NoticeMessages.NoticeBody.Builder write(
      NoticeMessages.NoticeBody.Builder to, Notice.Payload payload) {
    return switch (payload) {
      case Notice.Join(var clusters) ->
          to.setJoin(NoticeMessages.Join.newBuilder().addAllClusters(clusters));
      case Notice.Relocation(var lastSequence, var clusters) ->
          to.setRelocation(
              NoticeMessages.Relocation.newBuilder()
                  .setLastSequence(lastSequence)
                  .addAllClusters(clusters));
      case Notice.CheckIn(var slot, var beacon) ->
          to.setCheckIn(
              NoticeMessages.CheckIn.newBuilder().setSlot(slot).setBeacon(Fields.of(beacon)));
      case Notice.CandidateOffer offer -> to.setCandidateOffer(writeOffer(offer));
      case Notice.CandidateWithdrawal() ->
          to.setCandidateWithdrawal(NoticeMessages.CandidateWithdrawal.getDefaultInstance());
      case Notice.KeyPart(var plan, var attempt, var part) ->
          to.setKeyPart(
              NoticeMessages.KeyPart.newBuilder()
                  .setPlan(Fields.of(plan))
                  .setAttempt(attempt)
                  .setPart(Fields.of(part)));
      case Notice.KeyAck(var plan, var attempt, var dealer, var ack) ->
          to.setKeyAck(
              NoticeMessages.KeyAck.newBuilder()
                  .setPlan(Fields.of(plan))
                  .setAttempt(attempt)
                  .setDealer(dealer)
                  .setAck(Fields.of(ack)));
    };
  }

  static Notice.Payload read(NoticeMessages.NoticeBody message) {
    return switch (message.getPayloadCase()) {
      case JOIN -> new Notice.Join(message.getJoin().getClustersList());
      case RELOCATION ->
          new Notice.Relocation(
              Fields.natural(message.getRelocation().getLastSequence(), "last sequence"),
              message.getRelocation().getClustersList());
      case CHECK_IN ->
          new Notice.CheckIn(
              Fields.natural(message.getCheckIn().getSlot(), "slot"),
              Fields.hash(message.getCheckIn().getBeacon(), "beacon"));
      case CANDIDATE_OFFER -> readOffer(message.getCandidateOffer());
      case CANDIDATE_WITHDRAWAL -> new Notice.CandidateWithdrawal();
      case KEY_PART -> {
        var part = message.getKeyPart();
        yield new Notice.KeyPart(
            Fields.hash(part.getPlan(), "plan"),
            Fields.natural(part.getAttempt(), "attempt"),
            Fields.bytes(part.getPart()));
      }
      case KEY_ACK -> {
        var ack = message.getKeyAck();
        yield new Notice.KeyAck(
            Fields.hash(ack.getPlan(), "plan"),
            Fields.natural(ack.getAttempt(), "attempt"),
            Fields.natural(ack.getDealer(), "dealer"),
            Fields.bytes(ack.getAck()));
      }
      case PAYLOAD_NOT_SET -> throw Fields.missing("payload");
    };
  }

  private static NoticeMessages.CandidateOffer writeOffer(Notice.CandidateOffer offer) {
    return NoticeMessages.CandidateOffer.newBuilder()
        .setOperationalKey(Fields.of(offer.operationalKey()))
        .setOperationalProof(Fields.of(offer.operationalProof()))
        .setAgreementKey(Fields.of(offer.agreementKey()))
        .setAgreementProof(Fields.of(offer.agreementProof()))
        .setOperatorKey(Fields.of(offer.operatorKey()))
        .setUtcOffsetMinutes(offer.utcOffsetMinutes())
        .setCores(offer.cores())
        .setMemoryMebibytes(offer.memoryMebibytes())
        .build();
  }

  private static Notice.CandidateOffer readOffer(NoticeMessages.CandidateOffer message) {
    return new Notice.CandidateOffer(
        Fields.key(message.getOperationalKey(), "operational key"),
        Fields.signature(message.getOperationalProof(), "operational proof"),
        Fields.point(message.getAgreementKey(), "agreement key"),
        Fields.agreementProof(message.getAgreementProof(), "agreement proof"),
        Fields.key(message.getOperatorKey(), "operator key"),
        message.getUtcOffsetMinutes(),
        Fields.natural(message.getCores(), "cores"),
        Fields.natural(message.getMemoryMebibytes(), "memory"));
  }
}
