package org.constellation.platform.journal;

import java.nio.file.Path;

/** Journals on a disk that a test can fill. */
public final class TestJournals {

  private final FullDisk disk = new FullDisk();

  /** A new journal. */
  public Journal create(Path directory, Owner owner) throws JournalUnusable {
    Journal.create(Disk.LOCAL, directory, owner);
    return Journal.open(disk, directory, owner, Journal.FILE_BYTES).journal();
  }

  /** From now on nothing can be written. */
  public void fillDisk() {
    disk.room(0);
  }

  /** From now on everything can be written again. */
  public void makeRoom() {
    disk.room(Long.MAX_VALUE);
  }
}
