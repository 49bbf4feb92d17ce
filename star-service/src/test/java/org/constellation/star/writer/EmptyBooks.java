package org.constellation.star.writer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/** Know nobody, and remember what was written. */
final class EmptyBooks implements Books {

  private final List<Changes> written = new ArrayList<>();
  private boolean fails;
  private boolean breaks;

  List<Changes> written() {
    return written;
  }

  void fails(boolean value) {
    fails = value;
  }

  /** Meets a defect once. */
  void breaks() {
    breaks = true;
  }

  @Override
  public Map<StarId, StoredParty> parties(Collection<StarId> stars) {
    var parties = new LinkedHashMap<StarId, StoredParty>();
    stars.forEach(star -> parties.put(star, new StoredParty(null, 0, new TreeMap<>())));
    return parties;
  }

  @Override
  public Map<Hash, Transaction> transactions(Collection<Hash> ids) {
    return Map.of();
  }

  @Override
  public Map<AnswerKey, StoredAnswer> answers(Collection<AnswerKey> keys) {
    return Map.of();
  }

  @Override
  public Map<Long, Hash> halfBlockIds(StarId star, long from, long to) {
    return Map.of();
  }

  @Override
  public Position position() {
    return new Position(0, Hash.ZERO);
  }

  @Override
  public long lastChange() {
    return 0;
  }

  @Override
  public void outbox(Consumer<Outgoing> consumer) {}

  @Override
  public List<StoredAccount> waitingForHome() {
    return List.of();
  }

  @Override
  public List<Unanswered> unanswered(@Nullable Unanswered after, int max) {
    return List.of();
  }

  @Override
  public void write(Changes changes) {
    if (breaks) {
      breaks = false;
      throw new AssertionError("a defect");
    }
    if (fails) {
      throw new IllegalStateException("no database");
    }
    written.add(changes);
  }
}
