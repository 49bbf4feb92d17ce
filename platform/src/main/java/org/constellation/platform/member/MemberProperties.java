package org.constellation.platform.member;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How a member is driven.
 *
 * @param tick how often it is told the time; paces rounds, resends and pulls
 * @param inboxEnvelopesPerPeer most envelopes of one peer that wait; further ones are refused, and
 *     the peer sends again
 * @param inboxBytesPerPeer most bytes of one peer that wait
 * @param batchMax most envelopes that are answered for by one sync
 * @param tasksMax most tasks of the service that wait
 * @param retryDisk after this time a journal that could not be written is tried again
 * @param silentAfter a peer that was not heard for so long counts as silent
 */
@Validated
@ConfigurationProperties("constellation.member")
public record MemberProperties(
    @DefaultValue("20ms") @NotNull Duration tick,
    @DefaultValue("1024") @Min(1) int inboxEnvelopesPerPeer,
    @DefaultValue("16MB") @NotNull DataSize inboxBytesPerPeer,
    @DefaultValue("256") @Min(1) int batchMax,
    @DefaultValue("4096") @Min(1) int tasksMax,
    @DefaultValue("500ms") @NotNull Duration retryDisk,
    @DefaultValue("10s") @NotNull Duration silentAfter) {}
