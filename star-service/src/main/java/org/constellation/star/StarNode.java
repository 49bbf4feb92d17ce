package org.constellation.star;

import java.util.ArrayList;
import java.util.List;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.star.ledger.LedgerSource;
import org.constellation.star.ledger.News;
import org.constellation.star.ledger.Reader;
import org.constellation.star.relay.Relay;
import org.constellation.star.writer.AfterCommit;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.StarWriter;

/**
 * The parts of a star-service that work without anybody asking, started in order: what the outbox
 * holds, the writer, the way out, the ways in. What these bring becomes the writer's news.
 */
public final class StarNode implements News, AutoCloseable {

  private final AfterCommit afterCommit;
  private final StarWriter writer;
  private final Relay relay;
  private final LedgerSource ledger;
  private final List<Reader> readers;

  /**
   * Puts them together; nothing works yet.
   *
   * @param readers bring news beside the ledger's
   */
  public StarNode(
      AfterCommit afterCommit,
      StarWriter writer,
      Relay relay,
      LedgerSource ledger,
      List<Reader> readers) {
    this.afterCommit = afterCommit;
    this.writer = writer;
    this.relay = relay;
    this.ledger = ledger;
    this.readers = List.copyOf(readers);
  }

  /** Lets the writer work: from now on it can be asked. */
  public void begin() {
    afterCommit.recalled();
    writer.start();
  }

  /** Begins to send and to read. */
  public void connect() {
    relay.start();
    ledger.start(this::executed);
    readers.forEach(reader -> reader.start(this));
  }

  private boolean executed(GalaxyBlock block) {
    var content = block.content();
    var halfBlocks = new ArrayList<HalfBlock>();
    for (var checkpoint : content.checkpoints()) {
      halfBlocks.addAll(halfBlocks(checkpoint.body()));
    }
    return writer.tell(
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
  public boolean delivered(Segment segment) {
    return writer.tell(new Command.Delivered(segment));
  }

  @Override
  public boolean refused(Verdict verdict) {
    return writer.tell(
        new Command.Refused(
            verdict.star(), verdict.sequence(), verdict.halfBlock(), verdict.reason()));
  }

  @Override
  public boolean promised(CertifiedCheckpoint checkpoint) {
    return writer.tell(new Command.Promised(halfBlocks(checkpoint.body())));
  }

  /** Ends all of them, the ways in first. */
  @Override
  public void close() {
    readers.forEach(Reader::close);
    ledger.close();
    writer.close();
    relay.close();
  }
}
