package org.constellation.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What kind of trouble a run is about. */
public enum Scenario {
  /** None. */
  CALM,
  /** A broker at its worst. */
  HOSTILE,
  /** Machines crash and start again all the time, one by one and all at once. */
  CRASH_STORM,
  /** As many members misbehave as may, and some stars. */
  BYZANTINE,
  /** Everybody in one cluster misbehaves together. */
  CAPTURED_CLUSTER,
  /** Parts of the network are cut off from each other, again and again. */
  SPLIT_BRAIN,
  /** Disks and databases fail, fill up and come back with what they held before. */
  DISK;

  /** As on the command line. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of that name. */
  public static Optional<Scenario> of(String slug) {
    return Arrays.stream(values()).filter(one -> one.slug().equals(slug)).findFirst();
  }

  /** All names. */
  public static List<String> slugs() {
    return Arrays.stream(values()).map(Scenario::slug).toList();
  }
}
