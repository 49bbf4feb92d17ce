package org.constellation.platform.journal;

import java.nio.file.Path;

/**
 * A journal that cannot be opened: absent, locked by another process, another member's, or damaged.
 * The member stays silent; going on without its journal could make it contradict itself.
 */
public final class JournalUnusable extends Exception {

  private static final long serialVersionUID = 1L;

  JournalUnusable(Path directory, String why) {
    super("journal " + directory + ": " + why);
  }

  JournalUnusable(Path directory, String why, Exception cause) {
    super("journal " + directory + ": " + why, cause);
  }
}
