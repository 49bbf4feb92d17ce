package org.constellation.protocol.wire;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.wire.proto.BlockMessages;

/** The genesis file. */
public final class GenesisCodec {

  private static final MessageFormat<BlockMessages.Genesis> GENESIS =
      MessageFormat.of(
          BlockMessages.Genesis.parser(), BlockMessages.Genesis.getDescriptor(), Genesis.BYTES_MAX);

  private GenesisCodec() {}

  /**
   * Makes the genesis of a network on one broker.
   *
   * @throws IllegalArgumentException if it breaks a rule of {@link Genesis}
   */
  public static Genesis genesis(
      String name,
      Genesis.Parameters parameters,
      EraPlan galaxy,
      List<EraPlan> clusters,
      List<Genesis.GenesisStar> stars,
      long timeMillis) {
    return genesis(name, parameters, galaxy, clusters, stars, List.of(), timeMillis);
  }

  /**
   * Makes a genesis: encodes it, which names the network.
   *
   * @throws IllegalArgumentException if it breaks a rule of {@link Genesis}
   */
  public static Genesis genesis(
      String name,
      Genesis.Parameters parameters,
      EraPlan galaxy,
      List<EraPlan> clusters,
      List<Genesis.GenesisStar> stars,
      List<Genesis.Broker> brokers,
      long timeMillis) {
    var message =
        BlockMessages.Genesis.newBuilder()
            .setName(name)
            .setParameters(write(parameters))
            .setGalaxy(PlanCodec.write(galaxy))
            .setTime(timeMillis);
    clusters.forEach(plan -> message.addClusters(PlanCodec.write(plan)));
    stars.forEach(star -> message.addStars(write(star)));
    brokers.forEach(broker -> message.addBrokers(write(broker)));
    var built = message.build();
    return read(built, GENESIS.encode(built));
  }

  /** Reads the exact bytes of a genesis file. */
  public static Decoded<Genesis> decode(Bytes bytes) {
    return GENESIS.decode(bytes, message -> read(message, bytes));
  }

  private static Genesis read(BlockMessages.Genesis message, Bytes bytes) {
    Fields.require(message.hasParameters(), "parameters");
    Fields.require(message.hasGalaxy(), "galaxy");
    return new Genesis(
        message.getName(),
        read(message.getParameters()),
        PlanCodec.read(message.getGalaxy()),
        message.getClustersList().stream().map(PlanCodec::read).toList(),
        message.getStarsList().stream().map(GenesisCodec::read).toList(),
        message.getBrokersList().stream().map(GenesisCodec::read).toList(),
        Fields.natural(message.getTime(), "time"),
        bytes,
        Genesis.networkOf(bytes.toArray()));
  }

  private static BlockMessages.GenesisStar write(Genesis.GenesisStar star) {
    return BlockMessages.GenesisStar.newBuilder()
        .setStar(Fields.of(star.star()))
        .setHome(star.home())
        .setBalance(star.balance())
        .setOpenHoldsMax(star.openHoldsMax())
        .build();
  }

  private static Genesis.GenesisStar read(BlockMessages.GenesisStar message) {
    return new Genesis.GenesisStar(
        Fields.star(message.getStar(), "star"),
        Fields.natural(message.getHome(), "home"),
        Fields.natural(message.getBalance(), "balance"),
        Fields.natural(message.getOpenHoldsMax(), "open holds"));
  }

  private static BlockMessages.Broker write(Genesis.Broker broker) {
    return BlockMessages.Broker.newBuilder()
        .setOrganisation(broker.organisation())
        .setBootstrapServers(broker.bootstrapServers())
        .build();
  }

  private static Genesis.Broker read(BlockMessages.Broker message) {
    return new Genesis.Broker(message.getOrganisation(), message.getBootstrapServers());
  }

  private static BlockMessages.Parameters write(Genesis.Parameters parameters) {
    return BlockMessages.Parameters.newBuilder()
        .setTickMillis(parameters.tickMillis())
        .setTicksPerBlockMax(parameters.ticksPerBlockMax())
        .setValidityTicksMax(parameters.validityTicksMax())
        .setWaitingTicksMax(parameters.waitingTicksMax())
        .setOpenHoldsMax(parameters.openHoldsMax())
        .setWaitingAgreementsMax(parameters.waitingAgreementsMax())
        .setIdleRoundMillis(parameters.idleRoundMillis())
        .setCheckpointsAheadMax(parameters.checkpointsAheadMax())
        .build();
  }

  private static Genesis.Parameters read(BlockMessages.Parameters message) {
    return new Genesis.Parameters(
        Fields.natural(message.getTickMillis(), "tick"),
        Fields.natural(message.getTicksPerBlockMax(), "ticks per block"),
        Fields.natural(message.getValidityTicksMax(), "validity"),
        Fields.natural(message.getWaitingTicksMax(), "waiting"),
        Fields.natural(message.getOpenHoldsMax(), "open holds"),
        Fields.natural(message.getWaitingAgreementsMax(), "waiting agreements"),
        Fields.natural(message.getIdleRoundMillis(), "idle round"),
        Fields.natural(message.getCheckpointsAheadMax(), "checkpoints ahead"));
  }
}
