package org.constellation.protocol.state;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;

/**
 * A value's canonical bytes: its fields in the order in which its record declares them. Numbers are
 * big-endian, 4 bytes for an {@code int} and 8 for a {@code long}; a flag or code is one byte;
 * hashes, keys and signatures are as they are; texts, byte strings and lists begin with their
 * length in 4 bytes. {@link EntryReader} reads them back.
 */
final class EntryWriter {

  private byte[] bytes = new byte[128];
  private int length;

  private EntryWriter() {}

  static byte[] encode(StateEntry entry) {
    if (entry instanceof StateEntry.Due) {
      return new byte[0];
    }
    var writer = new EntryWriter();
    writer.entry(entry);
    return Arrays.copyOf(writer.bytes, writer.length);
  }

  private void entry(StateEntry entry) {
    switch (entry) {
      case StarRecord star -> star(star);
      case StateEntry.Balance(var amount) -> number(amount);
      case ProposalRecord.Ended(var end, var until) -> code(end.code()).number(until);
      case Hold hold -> hold(hold);
      case StateEntry.Waiting(var agreement, var until) -> hash(agreement).number(until);
      case StateEntry.Due _ -> {}
      case StateEntry.Counter(var counter, var notice) -> number(counter).hash(notice);
      case AssetRecord(var issuer, var symbol, var name, var decimals, var supply) ->
          star(issuer).text(symbol).text(name).integer(decimals).number(supply);
      case ClusterRecord(var round, var header, var galaxyHeight, var finalHeight) ->
          number(round).hash(header).number(galaxyHeight).number(finalHeight);
      case StateEntry.KeyFrom(var key) -> raw(key.toBytes());
      case StateEntry.LastCheckIn(var tick, var slot, var beacon) ->
          number(tick).number(slot).hash(beacon);
      case RegistrationRecord(var kind, var star, var name, var code, var manifest) ->
          code(kind.code()).star(star).text(name).hash(code).hash(manifest);
      case StateEntry.Settings(var network, var parameters) -> hash(network).parameters(parameters);
      case StateEntry.Clock(var height, var time) ->
          number(height)
              .number(time.timeMillis())
              .number(time.tick())
              .number(time.stepTimeMillis());
      case StateEntry.Plan(var plan) -> plan(plan);
      case StateEntry.MemberVotes(var votes) -> list(votes, this::vote);
      case StateEntry.AdoptedTable(var table) -> vote(table);
      case StateEntry.Conviction(var height) -> number(height);
      case StateEntry.Bound(var star) -> star(star);
      case ExclusionRecord(var convictions, var elections, var since) ->
          integer(convictions).number(elections).number(since);
      case CandidateRecord(var offer, var sinceHeight) -> {
        offer(offer);
        number(sinceHeight);
      }
    }
  }

  private void star(StarRecord star) {
    integer(star.home())
        .number(star.sequence())
        .hash(star.head())
        .number(star.sinceHeight())
        .raw(star.key().toBytes())
        .integer(star.openHolds())
        .integer(star.waiting())
        .integer(star.openHoldsMax())
        .code(star.forked() ? 1 : 0);
  }

  /** Begins with a code that {@link ProposalRecord.End} does not use. */
  private void hold(Hold hold) {
    code(EntryReader.HELD).star(hold.proposer()).star(hold.counterparty());
    list(hold.gives(), this::amount);
    list(hold.takes(), this::amount);
    number(hold.validUntil());
  }

  private void amount(ProposalRecord.Amount amount) {
    hash(amount.asset().hash()).number(amount.amount());
  }

  private void parameters(Genesis.Parameters parameters) {
    number(parameters.tickMillis())
        .integer(parameters.ticksPerBlockMax())
        .number(parameters.validityTicksMax())
        .number(parameters.waitingTicksMax())
        .integer(parameters.openHoldsMax())
        .integer(parameters.waitingAgreementsMax())
        .number(parameters.idleRoundMillis())
        .integer(parameters.checkpointsAheadMax());
  }

  private void plan(EraPlan plan) {
    code(plan.committee().layer().code()).integer(plan.committee().cluster()).number(plan.era());
    list(
        plan.members(),
        member ->
            star(member.star())
                .raw(member.operationalKey().toBytes())
                .string(member.agreementKey()));
    var keys = plan.keySet();
    hash(keys.id()).integer(keys.threshold()).string(keys.publicKey());
    list(keys.publicShares(), this::string);
    list(keys.indexTable(), this::integer);
    number(plan.effectiveHeight());
  }

  private void vote(TableVote vote) {
    text(vote.kind()).number(vote.asOfHeight()).hash(vote.modelHash()).hash(vote.digest());
  }

  private void offer(Notice.CandidateOffer offer) {
    raw(offer.operationalKey().toBytes())
        .raw(offer.operationalProof().toBytes())
        .string(offer.agreementKey())
        .string(offer.agreementProof())
        .raw(offer.operatorKey().toBytes())
        .integer(offer.utcOffsetMinutes())
        .integer(offer.cores())
        .number(offer.memoryMebibytes());
  }

  private <T> void list(List<T> items, Consumer<T> each) {
    integer(items.size());
    items.forEach(each);
  }

  private EntryWriter star(StarId star) {
    return raw(star.toBytes());
  }

  private EntryWriter hash(Hash hash) {
    return raw(hash.toBytes());
  }

  private EntryWriter text(String text) {
    var utf8 = text.getBytes(StandardCharsets.UTF_8);
    return integer(utf8.length).raw(utf8);
  }

  private EntryWriter string(Bytes string) {
    return integer(string.length()).raw(string.toArray());
  }

  private EntryWriter code(int code) {
    reserve(1);
    bytes[length++] = (byte) code;
    return this;
  }

  private EntryWriter integer(int number) {
    reserve(Integer.BYTES);
    for (var shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (number >>> shift);
    }
    return this;
  }

  private EntryWriter number(long number) {
    reserve(Long.BYTES);
    for (var shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      bytes[length++] = (byte) (number >>> shift);
    }
    return this;
  }

  private EntryWriter raw(byte[] part) {
    reserve(part.length);
    System.arraycopy(part, 0, bytes, length, part.length);
    length += part.length;
    return this;
  }

  private void reserve(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
