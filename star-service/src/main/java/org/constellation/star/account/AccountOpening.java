package org.constellation.star.account;

import java.security.SecureRandom;
import java.time.Clock;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.TokenHash;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.NoticeCodec;
import org.constellation.star.ledger.LedgerView;
import org.jspecify.annotations.Nullable;

/** Makes new accounts; the writer stores them. */
public final class AccountOpening {

  private final Custody custody;
  private final SignatureScheme scheme;
  private final LedgerView ledger;
  private final SecureRandom random;
  private final Clock clock;

  public AccountOpening(
      Custody custody,
      SignatureScheme scheme,
      LedgerView ledger,
      SecureRandom random,
      Clock clock) {
    this.custody = custody;
    this.scheme = scheme;
    this.ledger = ledger;
    this.random = random;
    this.clock = clock;
  }

  /**
   * @param token shown to its owner once, and never again
   */
  public record Opened(StoredAccount account, BearerToken token) {}

  /** A star with a new key in the service's custody, for whoever holds a new token. */
  public Opened custodial() {
    var token = BearerToken.issue(random);
    return new Opened(custodialOf(token.hash().value()), token);
  }

  /**
   * A star with a new key in the service's custody.
   *
   * @param credential that whoever acts for it must show
   */
  public StoredAccount custodialOf(Hash credential) {
    var key = scheme.generate(random);
    var notice = NoticeCodec.encode(Joins.signed(ledger.state(), key, random));
    return custodial(key, credential, notice);
  }

  /** A star whose key and token were made elsewhere, for instance when the network was set up. */
  public StoredAccount adopted(byte[] seed, TokenHash token) {
    return custodial(scheme.signingKey(seed), token.value(), null);
  }

  private StoredAccount custodial(SigningKey key, Hash credential, @Nullable Bytes notice) {
    var star = new StarId(key.publicKey());
    return account(star, custody.seal(star, key.seed()), credential, notice);
  }

  /** A star whose owner keeps the key. */
  public StoredAccount owned(Notice join) {
    return account(join.star(), null, null, NoticeCodec.encode(join));
  }

  private StoredAccount account(
      StarId star, @Nullable Bytes sealed, @Nullable Hash token, @Nullable Bytes notice) {
    return new StoredAccount(
        star, sealed, token, star.key(), 0, Hash.ZERO, 0, notice, false, clock.instant());
  }

  /** A new key for a star that has one already. */
  public SigningKey anotherKey() {
    return scheme.generate(random);
  }

  /** The new key's secret, encrypted. */
  public Bytes seal(StarId star, SigningKey key) {
    return custody.seal(star, key.seed());
  }

  /** The bytes of a join notice, and thereby the id that its owner signs. */
  public Bytes joinToSign(StarId star) {
    return Joins.body(ledger.state(), star, random);
  }
}
