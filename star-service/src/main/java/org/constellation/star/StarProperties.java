package org.constellation.star;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How the star-service works.
 *
 * @param serviceKeyFile 32 secret bytes that the service's envelopes are signed with; without one,
 *     a key is made at every start, which nobody minds: what the envelopes carry is signed itself
 * @param treasuryKeyFile 32 secret bytes of a star that was made with the network, whose account is
 *     opened at the first start; null for none
 * @param treasuryTokenFile holds the bearer token for that star or, which is all that it takes, its
 *     hash
 * @param requestsMax requests that may wait for the writer
 * @param newsMax pieces of news that may wait for the writer
 * @param batchMax most commands of one database transaction
 * @param gather how long the writer waits for more after the first command of a batch
 * @param partiesMax stars kept in memory, with their decrypted keys
 * @param transactionsMax transactions kept in memory
 * @param backlogMax segments without a receipt from which on requests are refused
 * @param listenersMax readers of server-sent events at once
 */
@Validated
@ConfigurationProperties("constellation.star")
public record StarProperties(
    @Nullable Path serviceKeyFile,
    @Nullable Path treasuryKeyFile,
    @Nullable Path treasuryTokenFile,
    @DefaultValue("8192") @Positive int requestsMax,
    @DefaultValue("1024") @Positive int newsMax,
    @DefaultValue("2048") @Positive int batchMax,
    @DefaultValue("3ms") @NotNull Duration gather,
    @DefaultValue("50000") @Positive int partiesMax,
    @DefaultValue("50000") @Positive int transactionsMax,
    @DefaultValue("200000") @Positive int backlogMax,
    @DefaultValue("1000") @Positive int listenersMax) {}
