package org.constellation.star;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.constellation.platform.security.SecretFile;
import org.constellation.platform.security.TokenHash;
import org.constellation.star.account.AccountOpening;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Runs the node as long as its context. The web server comes after it, and stops before it. */
@Component
class StarRuntime implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(StarRuntime.class);

  private final StarProperties properties;
  private final Accounts accounts;
  private final AccountOpening opening;
  private final StarWriter writer;
  private final StarNode node;
  private volatile boolean running;

  StarRuntime(
      StarProperties properties,
      Accounts accounts,
      AccountOpening opening,
      StarWriter writer,
      StarNode node) {
    this.properties = properties;
    this.accounts = accounts;
    this.opening = opening;
    this.writer = writer;
    this.node = node;
  }

  @Override
  public void start() {
    node.begin();
    adopt();
    node.connect();
    running = true;
  }

  /**
   * Opens the account of the star that was made with the network, unless it is open already. Its
   * token is the file's in any case, so that one which others know can be replaced.
   */
  private void adopt() {
    var keyFile = properties.treasuryKeyFile();
    var tokenFile = properties.treasuryTokenFile();
    if (keyFile == null || tokenFile == null) {
      return;
    }
    try {
      open(opening.adopted(SecretFile.read(keyFile), TokenHash.read(tokenFile)));
    } catch (IOException e) {
      throw new IllegalStateException("cannot adopt the key in " + keyFile, e);
    }
  }

  private void open(StoredAccount account) {
    var known = accounts.find(account.star());
    if (known.isPresent()) {
      var token = Objects.requireNonNull(account.tokenHash());
      if (!Objects.equals(token, known.get().tokenHash())) {
        accounts.replaceToken(account.star(), token);
        LOG.info("{} has another token now; the one before opens nothing", account.star());
      }
      return;
    }
    try {
      writer.ask(new Command.Open(account, StarWriter.answer())).answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot adopt " + account.star(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while adopting keys", e);
    }
  }

  @Override
  public void stop() {
    running = false;
    node.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before the web server, which starts in the last phases. */
  @Override
  public int getPhase() {
    return 0;
  }
}
