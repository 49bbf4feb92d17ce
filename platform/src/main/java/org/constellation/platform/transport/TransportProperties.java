package org.constellation.platform.transport;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this process talks to brokers. The home broker's address and credentials are Spring's own
 * {@code spring.kafka}.
 *
 * @param linger how long the client waits for more records before it sends some
 * @param blockMax longest time that sending may hold up its caller
 * @param deliverWithin after this time an envelope counts as unsent
 * @param bufferMax bytes that one publisher keeps for a broker that is away; more are unsent
 * @param fetchWait how long the broker may hold a fetch open while there is nothing to fetch; what
 *     arrives meanwhile is answered at once
 * @param fetchMax most bytes that one subscription fetches at once, from all brokers together; a
 *     single record of the greatest size is fetched all the same
 * @param brokers settings of Kafka clients for other organisations' brokers, by organisation, with
 *     Kafka's own names; they replace what the genesis says, and add credentials
 */
@Validated
@ConfigurationProperties("constellation.transport")
public record TransportProperties(
    @DefaultValue("0ms") @NotNull Duration linger,
    @DefaultValue("20ms") @NotNull Duration blockMax,
    @DefaultValue("6s") @NotNull Duration deliverWithin,
    @DefaultValue("16MB") @NotNull DataSize bufferMax,
    @DefaultValue("500ms") @NotNull Duration fetchWait,
    @DefaultValue("8MB") @NotNull DataSize fetchMax,
    @DefaultValue @NotNull Map<String, Map<String, String>> brokers) {}
