package org.constellation.protocol.wire;

import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.wire.Decoded.Reason;
import org.constellation.protocol.wire.proto.BlockMessages;

/** What headers and contents of blocks are made of. */
final class HeaderParts {

  private HeaderParts() {}

  static BlockMessages.MemberRecord write(MemberRecord member) {
    return BlockMessages.MemberRecord.newBuilder()
        .setAgreed(member.agreed())
        .setPlaced(member.placed())
        .setDropped(member.dropped())
        .setLatenessMillis(member.latenessMillis())
        .build();
  }

  static MemberRecord read(BlockMessages.MemberRecord message) {
    return new MemberRecord(
        message.getAgreed(),
        Fields.natural(message.getPlaced(), "placed"),
        Fields.natural(message.getDropped(), "dropped"),
        Fields.natural(message.getLatenessMillis(), "lateness"));
  }

  static BlockMessages.MembershipChange write(MembershipChange change) {
    return BlockMessages.MembershipChange.newBuilder()
        .setStar(Fields.of(change.star()))
        .setKind(
            switch (change.kind()) {
              case JOINED_POOL -> BlockMessages.MembershipChange.Kind.JOINED_POOL;
              case LEFT_POOL -> BlockMessages.MembershipChange.Kind.LEFT_POOL;
            })
        .build();
  }

  static MembershipChange read(BlockMessages.MembershipChange message) {
    return new MembershipChange(
        Fields.star(message.getStar(), "star"),
        switch (message.getKind()) {
          case JOINED_POOL -> MembershipChange.Kind.JOINED_POOL;
          case LEFT_POOL -> MembershipChange.Kind.LEFT_POOL;
          case KIND_UNSPECIFIED -> throw Fields.missing("kind");
          case UNRECOGNIZED -> throw Fields.unknownCode("kind");
        });
  }

  static BlockMessages.Mint write(Mint mint) {
    return BlockMessages.Mint.newBuilder()
        .setAmount(mint.amount())
        .setSharesRoot(Fields.of(mint.sharesRoot()))
        .build();
  }

  /** Reads a mint that is there; nothing minted is said by its absence. */
  static Mint read(BlockMessages.Mint message) {
    var mint =
        new Mint(
            Fields.natural(message.getAmount(), "amount"),
            Fields.hash(message.getSharesRoot(), "shares root"));
    if (mint.equals(Mint.NONE)) {
      throw new Rejection(Reason.NOT_CANONICAL, "a mint of nothing");
    }
    return mint;
  }

  static BlockMessages.TableVote write(TableVote vote) {
    return BlockMessages.TableVote.newBuilder()
        .setKind(vote.kind())
        .setAsOfHeight(vote.asOfHeight())
        .setModelHash(Fields.of(vote.modelHash()))
        .setDigest(Fields.of(vote.digest()))
        .build();
  }

  static TableVote read(BlockMessages.TableVote message) {
    return new TableVote(
        message.getKind(),
        Fields.natural(message.getAsOfHeight(), "as-of height"),
        Fields.hash(message.getModelHash(), "model hash"),
        Fields.hash(message.getDigest(), "digest"));
  }

  static BlockMessages.MemberTableVotes write(MemberTableVotes votes) {
    var message = BlockMessages.MemberTableVotes.newBuilder().setMember(votes.member());
    for (var vote : votes.votes()) {
      message.addVotes(write(vote));
    }
    return message.build();
  }

  static MemberTableVotes read(BlockMessages.MemberTableVotes message) {
    return new MemberTableVotes(
        Fields.natural(message.getMember(), "member"),
        message.getVotesList().stream().map(HeaderParts::read).toList());
  }
}
