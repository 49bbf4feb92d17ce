package org.constellation.star;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.star.account.AccountOpening;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.ledger.News;
import org.constellation.star.ledger.Reader;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Starts the parts in order: what the outbox holds, the writer, the way out, the ways in. The web
 * server comes last, and stops first.
 */
@Component
class StarRuntime implements SmartLifecycle, News {

  private final StarProperties properties;
  private final AfterCommit afterCommit;
  private final Accounts accounts;
  private final AccountOpening opening;
  private final StarWriter writer;
  private final Relay relay;
  private final LedgerSource ledger;
  private final List<Reader> readers;
  private volatile boolean running;

  StarRuntime(
      StarProperties properties,
      AfterCommit afterCommit,
      Accounts accounts,
      AccountOpening opening,
      StarWriter writer,
      Relay relay,
      LedgerSource ledger,
      List<Reader> readers) {
    this.properties = properties;
    this.afterCommit = afterCommit;
    this.accounts = accounts;
    this.opening = opening;
    this.writer = writer;
    this.relay = relay;
    this.ledger = ledger;
    this.readers = readers;
  }

  @Override
  public void start() {
    afterCommit.recalled();
    writer.start();
    adopt();
    relay.start();
    ledger.start(this::executed);
    readers.forEach(reader -> reader.start(this));
    running = true;
  }

  /** Opens the account of the star that was made with the network, unless it is open already. */
  private void adopt() {
    var keyFile = properties.treasuryKeyFile();
    var tokenFile = properties.treasuryTokenFile();
    if (keyFile == null || tokenFile == null) {
      return;
    }
    try {
      var text = new String(SecretFile.read(tokenFile), StandardCharsets.US_ASCII).strip();
      var token =
          BearerToken.parse(text)
              .orElseThrow(() -> new IOException(tokenFile + " holds no bearer token"));
      open(opening.adopted(SecretFile.read(keyFile), token));
    } catch (IOException e) {
      throw new IllegalStateException("cannot adopt the key in " + keyFile, e);
    }
  }

  private void open(StoredAccount account) {
    if (accounts.find(account.star()).isPresent()) {
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

  private void executed(GalaxyBlock block) throws InterruptedException {
    var content = block.content();
    var halfBlocks = new ArrayList<HalfBlock>();
    for (var checkpoint : content.checkpoints()) {
      halfBlocks.addAll(halfBlocks(checkpoint.body()));
    }
    writer.tell(
        new Command.Executed(
            block.header().height(),
            block.header().hash(),
            halfBlocks,
            content.notices(),
            block.receipts()));
  }

  private static List<HalfBlock> halfBlocks(CheckpointBody body) {
    return body.segments().stream().flatMap(one -> one.halfBlocks().stream()).toList();
  }

  @Override
  public void delivered(Segment segment) throws InterruptedException {
    writer.tell(new Command.Delivered(segment));
  }

  @Override
  public void refused(Verdict verdict) throws InterruptedException {
    writer.tell(
        new Command.Refused(
            verdict.star(), verdict.sequence(), verdict.halfBlock(), verdict.reason()));
  }

  @Override
  public void promised(CertifiedCheckpoint checkpoint) throws InterruptedException {
    writer.tell(new Command.Promised(halfBlocks(checkpoint.body())));
  }

  @Override
  public void stop() {
    running = false;
    readers.forEach(Reader::close);
    ledger.close();
    writer.close();
    relay.close();
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
