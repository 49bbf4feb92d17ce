package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.coin.AgreementKey;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.coin.KeySet;
import org.constellation.consensus.coin.P256Point;
import org.constellation.consensus.coin.SecretShare;
import org.constellation.consensus.coin.ThresholdCoin;
import org.constellation.platform.provision.Committees.NewMember;
import org.constellation.platform.provision.Committees.Seeded;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;

/**
 * One member's keys on disk, and its journal.
 *
 * @param directory of this member alone
 */
public record MemberFiles(Path directory) {

  /** Where the member's journal is. */
  public Path journal() {
    return directory.resolve("journal");
  }

  /**
   * The key that signs what the member says in consensus.
   *
   * @throws IOException if there is none, or others may read it
   */
  public SigningKey operationalKey() throws IOException {
    return signingKey(operationalKeyFile());
  }

  /**
   * The member's share of its committee's coin, as dealt for era 0.
   *
   * @throws IOException if the share is missing, or sealed for another member or plan
   */
  public CommonCoin coin(EraPlan plan, int self) throws IOException {
    var key = AgreementKey.of(SecretFile.read(agreementKeyFile()));
    var member = plan.members().get(self);
    var share =
        key.open(SecretFile.read(coinShareFile()), shareContext(plan, member.operationalKey()))
            .orElseThrow(() -> new IOException(coinShareFile() + " is not for this member"));
    try {
      return new ThresholdCoin(keysOf(plan), new MemberIndex(self), SecretShare.of(share));
    } catch (IllegalArgumentException e) {
      throw new IOException(coinShareFile() + " does not fit the genesis file", e);
    }
  }

  /**
   * All keys that a member was made with.
   *
   * @throws IOException if one is missing, or others may read it
   */
  NewMember keys() throws IOException {
    var agreement = SecretFile.read(agreementKeyFile());
    try {
      return new NewMember(
          seeded(operationalKeyFile()),
          seeded(walletKeyFile()),
          Bytes.copyOf(agreement),
          AgreementKey.of(agreement));
    } catch (IllegalArgumentException e) {
      throw new IOException(agreementKeyFile() + " holds no key", e);
    }
  }

  private static Seeded seeded(Path file) throws IOException {
    return new Seeded(Bytes.copyOf(SecretFile.read(file)), signingKey(file));
  }

  Path operationalKeyFile() {
    return directory.resolve("operational.key");
  }

  Path walletKeyFile() {
    return directory.resolve("wallet.key");
  }

  Path agreementKeyFile() {
    return directory.resolve("agreement.key");
  }

  Path coinShareFile() {
    return directory.resolve("coin.share");
  }

  /** Binds a sealed share to its owner and its key set. */
  static byte[] shareContext(EraPlan plan, PublicKey owner) {
    return shareContext(plan.keySet().id(), owner);
  }

  static byte[] shareContext(Hash keySet, PublicKey owner) {
    return Hashing.tagged("CSTL-V1-COIN-SHARE")
        .hash(keySet)
        .bytes(owner.toBytes())
        .finish()
        .toBytes();
  }

  /**
   * Reads a seed.
   *
   * @throws IOException if there is none, or others may read it
   */
  public static SigningKey signingKey(Path file) throws IOException {
    var seed = SecretFile.read(file);
    try {
      return Ed25519.best().signingKey(seed);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " holds no key", e);
    }
  }

  static KeySet keysOf(EraPlan plan) throws IOException {
    var keys = plan.keySet();
    var entries = new ArrayList<KeySet.Entry>();
    for (var index : keys.indexTable()) {
      var share = P256Point.decode(keys.publicShares().get(index - 1).toArray());
      entries.add(
          new KeySet.Entry(
              index,
              share.orElseThrow(() -> new IOException("a public share is no point of P-256"))));
    }
    return new KeySet(keys.id(), keys.threshold() + 1, entries);
  }

  /** Text in a secret file, without the line's end. */
  static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
