package org.constellation.protocol.wire;

import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.wire.proto.ChainMessages;

/** What half-blocks say. */
final class BodyCodec {

  private BodyCodec() {}

  static ChainMessages.HalfBlock.Builder write(ChainMessages.HalfBlock.Builder to, Body body) {
    return switch (body) {
      case Body.Proposal proposal -> to.setProposal(writeProposal(proposal));
      case Body.Agreement(var proposal) ->
          to.setAgreement(ChainMessages.Agreement.newBuilder().setProposal(Fields.of(proposal)));
      case Body.Refusal(var proposal) ->
          to.setRefusal(ChainMessages.Refusal.newBuilder().setProposal(Fields.of(proposal)));
      case Body.Cancellation(var proposal) ->
          to.setCancellation(
              ChainMessages.Cancellation.newBuilder().setProposal(Fields.of(proposal)));
      case Body.AssetDefinition(var symbol, var name, var decimals) ->
          to.setAssetDefinition(
              ChainMessages.AssetDefinition.newBuilder()
                  .setSymbol(symbol)
                  .setName(name)
                  .setDecimals(decimals));
      case Body.ContractRegistration(var name, var codeHash, var manifest) ->
          to.setContractRegistration(
              ChainMessages.ContractRegistration.newBuilder()
                  .setName(name)
                  .setCodeHash(Fields.of(codeHash))
                  .setManifest(Fields.of(manifest)));
      case Body.CompositionRegistration(var name, var manifest) ->
          to.setCompositionRegistration(
              ChainMessages.CompositionRegistration.newBuilder()
                  .setName(name)
                  .setManifest(Fields.of(manifest)));
      case Body.KeyChange(var newKey, var proof) ->
          to.setKeyChange(
              ChainMessages.KeyChange.newBuilder()
                  .setNewKey(Fields.of(newKey))
                  .setProofOfPossession(Fields.of(proof)));
    };
  }

  static Body read(ChainMessages.HalfBlock message) {
    return switch (message.getBodyCase()) {
      case PROPOSAL -> readProposal(message.getProposal());
      case AGREEMENT ->
          new Body.Agreement(Fields.hash(message.getAgreement().getProposal(), "proposal"));
      case REFUSAL -> new Body.Refusal(Fields.hash(message.getRefusal().getProposal(), "proposal"));
      case CANCELLATION ->
          new Body.Cancellation(Fields.hash(message.getCancellation().getProposal(), "proposal"));
      case ASSET_DEFINITION -> {
        var definition = message.getAssetDefinition();
        yield new Body.AssetDefinition(
            definition.getSymbol(), definition.getName(), definition.getDecimals());
      }
      case CONTRACT_REGISTRATION -> {
        var registration = message.getContractRegistration();
        yield new Body.ContractRegistration(
            registration.getName(),
            Fields.hash(registration.getCodeHash(), "code hash"),
            Fields.bytes(registration.getManifest()));
      }
      case COMPOSITION_REGISTRATION -> {
        var registration = message.getCompositionRegistration();
        yield new Body.CompositionRegistration(
            registration.getName(), Fields.bytes(registration.getManifest()));
      }
      case KEY_CHANGE -> {
        var change = message.getKeyChange();
        yield new Body.KeyChange(
            Fields.key(change.getNewKey(), "new key"),
            Fields.signature(change.getProofOfPossession(), "proof of possession"));
      }
      case BODY_NOT_SET -> throw Fields.missing("body");
    };
  }

  private static ChainMessages.Proposal writeProposal(Body.Proposal proposal) {
    var message =
        ChainMessages.Proposal.newBuilder()
            .setCounterparty(Fields.of(proposal.counterparty()))
            .setValidUntil(proposal.validUntil());
    for (var leg : proposal.legs()) {
      message.addLegs(writeLeg(leg));
    }
    return switch (proposal.purpose()) {
      case Body.Memo(var text) -> message.setMemo(text).build();
      case Body.ContractCall(var method, var argument) ->
          message
              .setCall(
                  ChainMessages.ContractCall.newBuilder()
                      .setMethod(method)
                      .setArgument(Fields.of(argument)))
              .build();
    };
  }

  private static Body.Proposal readProposal(ChainMessages.Proposal message) {
    return new Body.Proposal(
        Fields.star(message.getCounterparty(), "counterparty"),
        message.getLegsList().stream().map(BodyCodec::readLeg).toList(),
        Fields.natural(message.getValidUntil(), "validUntil"),
        switch (message.getPurposeCase()) {
          case MEMO -> new Body.Memo(message.getMemo());
          case CALL ->
              new Body.ContractCall(
                  message.getCall().getMethod(), Fields.bytes(message.getCall().getArgument()));
          case PURPOSE_NOT_SET -> throw Fields.missing("purpose");
        });
  }

  private static ChainMessages.Leg writeLeg(Leg leg) {
    return ChainMessages.Leg.newBuilder()
        .setDirection(
            switch (leg.direction()) {
              case GIVE -> ChainMessages.Leg.Direction.GIVE;
              case TAKE -> ChainMessages.Leg.Direction.TAKE;
            })
        .setAsset(Fields.of(leg.asset()))
        .setAmount(leg.amount())
        .build();
  }

  private static Leg readLeg(ChainMessages.Leg message) {
    return new Leg(
        switch (message.getDirection()) {
          case GIVE -> Leg.Direction.GIVE;
          case TAKE -> Leg.Direction.TAKE;
          case DIRECTION_UNSPECIFIED -> throw Fields.missing("direction");
          case UNRECOGNIZED -> throw Fields.unknownCode("direction");
        },
        Fields.asset(message.getAsset(), "asset"),
        Fields.natural(message.getAmount(), "amount"));
  }
}
