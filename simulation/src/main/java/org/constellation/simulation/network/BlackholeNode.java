package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.blackhole.ledger.LedgerKeeper;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.blackhole.serving.ForkWatch;
import org.constellation.blackhole.serving.StoredBlocks;
import org.constellation.blackhole.serving.StoredChain;
import org.constellation.blackhole.serving.StoredWord;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.EndSource;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.Fault;
import org.constellation.simulation.stores.Commits;
import org.constellation.simulation.stores.MemorySnapshots;
import org.constellation.simulation.stores.MemoryTables;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;

/** A blackhole-ledger on a machine of its own. */
public final class BlackholeNode implements Node {

  private static final String SERVICE = "blackhole-ledger";

  private final World world;
  private final SigningKey key;
  private final Machine machine;
  private final Commits commits;
  private final MemoryTables tables;
  private final MemorySnapshots kept;
  private @Nullable LedgerFollower follower;
  private long remembered;

  BlackholeNode(World world, int number) {
    this.world = world;
    var name = "blackhole-" + number;
    this.key = world.founding().crypto().key(name);
    this.machine = world.machine(name, this::run);
    this.commits = new Commits(machine.dice().of("commits"), world.tally());
    this.tables = new MemoryTables(commits);
    this.kept = new MemorySnapshots(commits);
    machine.atPowerLoss(() -> follower = null);
  }

  private void run(Machine.Life life) {
    commits.usedBy(life);
    var genesis = world.genesis();
    var meters = World.meters();
    var transport = new SimulatedTransport(world.broker(), life, meters);
    var verifier = world.scheme();
    var keeper = new LedgerKeeper(tables, tables.transactions(), meters, life.clock());
    keeper.begin(genesis);
    var snapshots =
        new Snapshots(
            SERVICE,
            null,
            genesis,
            verifier,
            kept,
            keeper::height,
            World.FOLLOWER.snapshotBlocks(),
            meters,
            life.loops());
    var word = new StoredWord(genesis, world.topics(), transport, key, keeper, life.loops());
    var members = new ArrayList<Bytes>();
    genesis
        .galaxy()
        .members()
        .forEach(member -> members.add(Bytes.copyOf(member.operationalKey().toBytes())));
    var following =
        new LedgerFollower(
            SERVICE,
            null,
            new StoredChain(snapshots, tables, verifier).start(),
            world.topics(),
            transport,
            key,
            verifier,
            members,
            List.of(keeper, word, snapshots),
            World.FOLLOWER,
            meters,
            life.loops(),
            life.clock());
    follower = following;
    world.noteStart(SERVICE, meters);
    var _ =
        new ForkWatch(
            genesis,
            world.topics(),
            new WitnessedTransport(
                transport, batch -> world.witnesses().overheard(this, batch, verifier)),
            key,
            verifier,
            tables,
            following::latestState,
            life.loops());
    var _ =
        new BlockServer(
            SERVICE,
            genesis.network(),
            BlockServer.KEEPERS,
            new StoredBlocks(tables),
            snapshots,
            EndSource.NONE,
            world.topics(),
            transport,
            key,
            verifier,
            meters,
            life.clock());
  }

  PublicKey key() {
    return key.publicKey();
  }

  /** What it keeps. */
  public LedgerTables tables() {
    return tables;
  }

  @Override
  public Machine machine() {
    return machine;
  }

  @Override
  public void trouble(int commitPermille) {
    commits.trouble(commitPermille);
  }

  @Override
  public void full(boolean isFull) {
    commits.full(isFull);
  }

  @Override
  public void remember() {
    remembered = height();
  }

  @Override
  public boolean canGoBack() {
    return remembered > 0;
  }

  @Override
  public void goBack() {
    if (remembered < height()) {
      world.tally().count(Fault.BLACKHOLE_OLD);
    }
    tables.backTo(remembered);
    kept.backTo(remembered);
  }

  @Override
  public long height() {
    return tables.newest().map(LedgerTables.Stored::height).orElse(0L);
  }

  @Override
  public Optional<LedgerState> ledger() {
    return Optional.ofNullable(follower).flatMap(LedgerFollower::latestState);
  }

  @Override
  public String state() {
    var now = follower;
    return machine + " has " + height() + (now == null ? ", off" : " " + now.trouble());
  }
}
