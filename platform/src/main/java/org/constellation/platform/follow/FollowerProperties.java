package org.constellation.platform.follow;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the blackhole is followed.
 *
 * @param statesKept how many of the newest states can be asked for
 * @param blocksAheadMax most verified blocks that wait for one before them
 * @param bytesAheadMax most bytes of those; later ones are dropped, and pulled in their time
 * @param gapPatience how long a missing block may be on its way before it is pulled
 * @param quietPatience after this time without any block the next one is pulled
 * @param pullMax the time between two pulls doubles up to this
 * @param retryListener after this time a block that a listener could not take is offered again
 * @param snapshotBlocks after so many blocks at most a snapshot of the state is kept
 * @param farBehindBlocks whoever is more blocks than this behind another's snapshot begins there
 * @param newcomerAfter whoever knows no block that is younger than this asks for a snapshot first
 * @param snapshotPatience how long it waits for the first answer
 * @param snapshotBytesMax a larger snapshot of somebody else's is not taken
 */
@Validated
@ConfigurationProperties("constellation.follower")
public record FollowerProperties(
    @DefaultValue("64") @Min(1) int statesKept,
    @DefaultValue("64") @Min(1) int blocksAheadMax,
    @DefaultValue("64MB") @NotNull DataSize bytesAheadMax,
    @DefaultValue("300ms") @NotNull Duration gapPatience,
    @DefaultValue("5s") @NotNull Duration quietPatience,
    @DefaultValue("8s") @NotNull Duration pullMax,
    @DefaultValue("500ms") @NotNull Duration retryListener,
    @DefaultValue("1024") @Min(1) int snapshotBlocks,
    @DefaultValue("64") @Min(1) int farBehindBlocks,
    @DefaultValue("1m") @NotNull Duration newcomerAfter,
    @DefaultValue("5s") @NotNull Duration snapshotPatience,
    @DefaultValue("512MB") @NotNull DataSize snapshotBytesMax) {}
