package org.constellation.platform.provision;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.AgreementKey;
import org.constellation.consensus.coin.DealtKeys;
import org.constellation.consensus.coin.P256Point;
import org.constellation.consensus.coin.SealedBox;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;

/** Makes the keys of a committee, and deals its first coin. */
public final class Committees {

  private static final int SEED_BYTES = 32;

  private final RandomGenerator random;
  private final Ed25519 signatures;

  /**
   * @param random where all secrets come from
   */
  public Committees(RandomGenerator random, Ed25519 signatures) {
    this.random = random;
    this.signatures = signatures;
  }

  /** A seed, and the key that it makes. */
  public record Seeded(Bytes seed, SigningKey key) {}

  /** A new member's keys, before and after the coin was dealt. */
  public record NewMember(
      Seeded operational, Seeded wallet, Bytes agreementSecret, AgreementKey agreement) {

    /** What others know of it. */
    public CommitteeMember seat() {
      return new CommitteeMember(
          new StarId(wallet.key().publicKey()),
          operational.key().publicKey(),
          Bytes.copyOf(agreement.publicPoint().toBytes()));
    }
  }

  /**
   * @param members in committee order
   * @param sealedShares one per member, each sealed to it
   */
  public record NewCommittee(EraPlan plan, List<NewMember> members, List<Bytes> sealedShares) {
    public NewCommittee {
      members = List.copyOf(members);
      sealedShares = List.copyOf(sealedShares);
    }

    /**
     * Gives a member its keys, its share and an empty journal.
     *
     * @param network hash of the genesis file
     * @param disk where its journal is
     * @throws IOException also if there is something already
     */
    public void write(int index, MemberFiles files, Hash network, Disk disk) throws IOException {
      var keys = members.get(index);
      SecretFile.create(files.operationalKeyFile(), keys.operational().seed().toArray());
      SecretFile.create(files.walletKeyFile(), keys.wallet().seed().toArray());
      SecretFile.create(files.agreementKeyFile(), keys.agreementSecret().toArray());
      SecretFile.create(files.coinShareFile(), sealedShares.get(index).toArray());
      try {
        var owner = new Owner(network, keys.operational().key().publicKey());
        Journal.create(disk, files.journal(), owner);
      } catch (JournalUnusable e) {
        throw new IOException(e);
      }
    }
  }

  /**
   * What everybody may know of a committee, and what each member gets.
   *
   * @param sealedShares one per member, in committee order, each sealed to it
   */
  public record Dealt(EraPlan plan, List<Bytes> sealedShares) {
    public Dealt {
      sealedShares = List.copyOf(sealedShares);
    }
  }

  /** A new committee of that size, in its first era. */
  public NewCommittee make(Committee committee, int size) {
    var members =
        IntStream.range(0, size)
            .mapToObj(_ -> member())
            .sorted(Comparator.comparing(member -> member.operational().key().publicKey()))
            .toList();
    var dealt = deal(committee, members.stream().map(NewMember::seat).toList());
    return new NewCommittee(dealt.plan(), members, dealt.sealedShares());
  }

  /**
   * Deals the coin of era 0. Only here, for a moment, are the shares together.
   *
   * @param members in committee order
   * @throws IllegalArgumentException if a member's agreement key is no point of P-256
   */
  public Dealt deal(Committee committee, List<CommitteeMember> members) {
    var dealt = DealtKeys.deal(new Roster(members.size()), random);
    var plan = new EraPlan(committee, 0, members, publicKeys(dealt), 0);
    var shares = new ArrayList<Bytes>();
    for (var index = 0; index < members.size(); index++) {
      var member = members.get(index);
      var agreement = P256Point.decode(member.agreementKey().toArray());
      shares.add(
          Bytes.copyOf(
              SealedBox.seal(
                  agreement.orElseThrow(() -> new IllegalArgumentException("no agreement key")),
                  dealt.secrets().get(index).toBytes(),
                  MemberFiles.shareContext(plan, member.operationalKey()),
                  random)));
    }
    return new Dealt(plan, shares);
  }

  /** A new key. */
  public Seeded signingKey() {
    var seed = new byte[SEED_BYTES];
    random.nextBytes(seed);
    return new Seeded(Bytes.copyOf(seed), signatures.signingKey(seed));
  }

  /** All keys of a new member. */
  public NewMember member() {
    while (true) {
      var secret = new byte[AgreementKey.LENGTH];
      random.nextBytes(secret);
      try {
        return new NewMember(
            signingKey(), signingKey(), Bytes.copyOf(secret), AgreementKey.of(secret));
      } catch (IllegalArgumentException outOfRange) {
        // One draw in four billion is not below the order: draw again.
      }
    }
  }

  private static KeySet publicKeys(DealtKeys dealt) {
    var entries = dealt.keySet().byMember();
    return new KeySet(
        dealt.keySet().id(),
        dealt.keySet().sharesNeeded() - 1,
        Bytes.copyOf(dealt.publicKey().toBytes()),
        entries.stream().map(entry -> Bytes.copyOf(entry.publicShare().toBytes())).toList(),
        entries.stream().map(entry -> entry.thresholdIndex()).toList());
  }
}
