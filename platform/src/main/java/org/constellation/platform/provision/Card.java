package org.constellation.platform.provision;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;

/**
 * What an organisation shows of itself before there is a network: its name, where its broker is,
 * and its members' public keys. Every key that it names signed all of it, so nobody shows a key
 * that is another's, and nobody on the way changes a word.
 *
 * @param broker {@code host:port}
 * @param facilitators of cluster 0, ascending by operational key
 * @param galaxyMembers the same of the galaxy
 * @param treasury the star that holds all no0s in the beginning, on one card of a network
 */
public record Card(
    String organisation,
    String broker,
    List<Seat> facilitators,
    List<Seat> galaxyMembers,
    Optional<Treasury> treasury) {

  /** The format's version. */
  static final int VERSION = 1;

  private static final int FINGERPRINT_BYTES = 12;

  /** A member, and what each of its keys signed. */
  public record Seat(
      CommitteeMember member,
      Signature operationalProof,
      Signature walletProof,
      Bytes agreementProof) {}

  /** A star with all no0s, and what its key signed. */
  public record Treasury(StarId star, Signature proof) {}

  public Card {
    facilitators = List.copyOf(facilitators);
    galaxyMembers = List.copyOf(galaxyMembers);
  }

  /** All members, facilitators first. */
  public List<Seat> seats() {
    return Stream.concat(facilitators.stream(), galaxyMembers.stream()).toList();
  }

  /** Of all that the card says; this is what its keys sign. */
  public Hash hash() {
    return hashOf(
        organisation,
        broker,
        facilitators.stream().map(Seat::member).toList(),
        galaxyMembers.stream().map(Seat::member).toList(),
        treasury.map(Treasury::star));
  }

  /** The card's hash as people read it to each other: 96 bits in six groups. */
  public String fingerprint() {
    var digits = HexFormat.of().formatHex(hash().toBytes(), 0, FINGERPRINT_BYTES);
    return String.join(" ", digits.split("(?<=\\G.{4})", -1)).strip();
  }

  /** The card's place among the brokers of a genesis. */
  public Genesis.Broker home() {
    return new Genesis.Broker(organisation, broker);
  }

  /** What the keys of such a card sign. */
  static Hash hashOf(
      String organisation,
      String broker,
      List<CommitteeMember> facilitators,
      List<CommitteeMember> galaxyMembers,
      Optional<StarId> treasury) {
    var hashing = Hashing.tagged("CSTL-V1-CARD").number(VERSION).text(organisation).text(broker);
    for (var members : List.of(facilitators, galaxyMembers)) {
      hashing.number(members.size());
      for (var member : members) {
        hashing.key(member.operationalKey()).key(member.star().key()).bytes(member.agreementKey());
      }
    }
    hashing.number(treasury.isPresent() ? 1 : 0);
    treasury.ifPresent(star -> hashing.key(star.key()));
    return hashing.finish();
  }

  /**
   * Checks what a card says of itself.
   *
   * @throws ProvisioningRefused if a key did not sign it, or names are none
   */
  public void check(SignatureVerifier signatures) throws ProvisioningRefused {
    Organisations.requireName(organisation);
    Organisations.requireBroker(broker);
    require(!facilitators.isEmpty() && !galaxyMembers.isEmpty(), "it has no member in a layer");
    require(
        Stream.of(facilitators, galaxyMembers)
            .allMatch(seats -> seats.size() <= NetworkPlan.MEMBERS_MAX),
        "it has too many members");
    requireAscending(facilitators);
    requireAscending(galaxyMembers);
    var keys = keys();
    require(new TreeSet<>(keys).size() == keys.size(), "it names a key twice");
    var statement = hash().toBytes();
    for (var seat : seats()) {
      var member = seat.member();
      require(
          signatures.verify(member.operationalKey(), statement, seat.operationalProof())
              && signatures.verify(member.star().key(), statement, seat.walletProof())
              && AgreementProof.holds(member.agreementKey(), statement, seat.agreementProof()),
          "a key of the member %s… did not sign what it says".formatted(member.operationalKey()));
    }
    if (treasury.isPresent()) {
      var named = treasury.get();
      require(
          signatures.verify(named.star().key(), statement, named.proof()),
          "the treasury's key did not sign what it says");
    }
  }

  /** Every key that the card names, in hexadecimal digits. */
  List<String> keys() {
    var keys = new ArrayList<String>();
    for (var seat : seats()) {
      keys.add(seat.member().operationalKey().toHex());
      keys.add(seat.member().star().key().toHex());
      keys.add(HexFormat.of().formatHex(seat.member().agreementKey().toArray()));
    }
    treasury.ifPresent(named -> keys.add(named.star().key().toHex()));
    return keys;
  }

  private void requireAscending(List<Seat> seats) throws ProvisioningRefused {
    for (var index = 1; index < seats.size(); index++) {
      var before = seats.get(index - 1).member().operationalKey();
      require(
          before.compareTo(seats.get(index).member().operationalKey()) < 0,
          "its members do not ascend by operational key");
    }
  }

  private void require(boolean kept, String complaint) throws ProvisioningRefused {
    if (!kept) {
      throw new ProvisioningRefused(
          Reason.CARD_INVALID, "the card of %s: %s".formatted(organisation, complaint));
    }
  }
}
