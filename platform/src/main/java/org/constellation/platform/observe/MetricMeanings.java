package org.constellation.platform.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/**
 * Gives every metric of ours the words that stand at its name in the code, so that monitors show
 * them, too.
 */
public final class MetricMeanings implements MeterFilter {

  /** Written from the code by the test that writes the page of metrics. */
  private static final String FILE = "/constellation-metrics.properties";

  private final Properties meanings = new Properties();

  /** Reads the words. */
  public MetricMeanings() {
    try (var file = Objects.requireNonNull(MetricMeanings.class.getResourceAsStream(FILE))) {
      meanings.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the platform's own metrics are not described", e);
    }
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    var meaning = meanings.getProperty(id.getName());
    return meaning == null || id.getDescription() != null
        ? id
        : new Meter.Id(
            id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), meaning, id.getType());
  }
}
