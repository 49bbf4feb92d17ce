package org.constellation.platform.follow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.constellation.platform.TestCommittees;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GalaxyCodec;

/** A galaxy that certifies what a test tells it to. */
public final class TestChain {

  private static final GalaxyContent NOTHING =
      new GalaxyContent(List.of(), List.of(), List.of(), List.of());

  private final TestCommittees galaxy = TestCommittees.of(Committee.GALAXY, 4, 5);
  private final Genesis genesis;
  private final List<GalaxyBlock> blocks = new ArrayList<>();
  private LedgerState state;
  private Hash previous;

  public TestChain(String name) {
    genesis = galaxy.genesis(name);
    state = LedgerState.genesis(genesis);
    previous = GalaxyHeader.genesisOf(genesis.network());
  }

  public Genesis genesis() {
    return genesis;
  }

  public TestCommittees galaxy() {
    return galaxy;
  }

  /** Block of height {@code number}. */
  public GalaxyBlock block(int number) {
    return blocks.get(number - 1);
  }

  public Bytes encoded(int number) {
    return GalaxyCodec.encode(block(number));
  }

  public LedgerState state() {
    return state;
  }

  /** Adds empty blocks, each a second after the one before. */
  public void grow(int count) {
    for (var i = 0; i < count; i++) {
      var result = execute();
      add(header(result, result.state().root()));
      state = result.state();
    }
  }

  /** A certified next block that lies about the state; it is not added. */
  GalaxyBlock lie() {
    var header = header(execute(), Hash.ZERO);
    return new GalaxyBlock(header, galaxy.certify(header.hash()), NOTHING, List.of());
  }

  private BlockExecution.Result execute() {
    var parameters = genesis.parameters();
    var time =
        state
            .time()
            .after(
                state.time().timeMillis() + 1_000,
                parameters.tickMillis(),
                parameters.ticksPerBlockMax());
    return BlockExecution.execute(
        state,
        new BlockExecution.Input(state.height() + 1, time, Hash.ZERO, NOTHING),
        SegmentCheck.certified(Ed25519.best()));
  }

  private GalaxyHeader header(BlockExecution.Result result, Hash stateRoot) {
    return GalaxyCodec.header(
        genesis.network(),
        0,
        result.state().height(),
        previous,
        GalaxyCodec.contentRoot(NOTHING),
        GalaxyCodec.receiptsRoot(result.receipts()),
        stateRoot,
        result.membership(),
        result.mint(),
        result.eraPlans(),
        result.adoptedTables(),
        Hash.ZERO,
        result.state().time(),
        Collections.nCopies(4, new MemberRecord(true, 0, 0, 0)),
        0);
  }

  private void add(GalaxyHeader header) {
    blocks.add(new GalaxyBlock(header, galaxy.certify(header.hash()), NOTHING, List.of()));
    previous = header.hash();
  }
}
