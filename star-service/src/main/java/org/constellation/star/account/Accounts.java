package org.constellation.star.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/** The stored accounts: for reading, but for tokens. The writer alone makes accounts and chains. */
public interface Accounts {

  /** One account. */
  Optional<StoredAccount> find(StarId star);

  /** Those of these stars that have one. */
  Map<StarId, StoredAccount> findAll(Collection<StarId> stars);

  /**
   * A page, ascending by star.
   *
   * @param after the last star of the page before; null for the first page
   */
  List<StoredAccount> list(@Nullable StarId after, int limit);

  /** Those that wait for a home and have a notice that asks for it. */
  List<StoredAccount> waitingForHome();

  /** Gives a star another bearer token; the one before opens nothing any more. */
  void replaceToken(StarId star, Hash tokenHash);

  /** A star's own chain, ascending by sequence. */
  List<ChainEntry> chain(StarId star, long fromSequence, int limit);
}
