package org.constellation.platform.outbox;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How an outbox sends again.
 *
 * @param resendFirst a message without an answer is sent again after this time
 * @param resendMax the time between two sendings doubles up to this
 * @param look how often the database is asked what is due
 * @param batchMax most messages that are read at once
 * @param freshMax most committed messages that wait in memory for their first sending; further ones
 *     are sent from the database once they are due
 */
@Validated
@ConfigurationProperties("constellation.outbox")
public record OutboxProperties(
    @DefaultValue("3s") @NotNull Duration resendFirst,
    @DefaultValue("60s") @NotNull Duration resendMax,
    @DefaultValue("500ms") @NotNull Duration look,
    @DefaultValue("1000") @Min(1) int batchMax,
    @DefaultValue("10000") @Min(1) int freshMax) {}
