package org.constellation.platform.web;

import jakarta.validation.constraints.NotNull;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of HTTP.
 *
 * @param bodyMax largest request body
 */
@Validated
@ConfigurationProperties("constellation.web")
public record WebProperties(@DefaultValue("1MB") @NotNull DataSize bodyMax) {}
