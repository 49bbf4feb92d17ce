package org.constellation.simulation.disk;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.platform.journal.Disk;
import org.constellation.protocol.Bytes;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Machine;
import org.jspecify.annotations.Nullable;

/** One machine's disk. */
public final class FaultyDisk implements Disk, AutoCloseable {

  private static final Configuration UNIX = Configuration.unix();

  private final FileSystem files = Jimfs.newFileSystem(UNIX);
  private final Dice dice;
  private final Tally tally;
  private final Map<Path, Unsynced> unsynced = new TreeMap<>();
  private final Set<Path> unnamed = new TreeSet<>();
  private final Set<Path> unsyncable = new TreeSet<>();
  private final List<FaultyChannel> open = new ArrayList<>();
  private Machine.@Nullable Life life;
  private boolean full;
  private boolean failsSyncs;

  /**
   * What may be lost of a file.
   *
   * @param length of its bytes that are on disk for certain
   * @param before all that was there, where bytes below that length were changed; of it, too, what
   *     is beyond that length is not on disk for certain
   */
  private record Unsynced(long length, @Nullable Bytes before) {}

  /** An empty one. */
  public FaultyDisk(Dice dice, Tally tally) {
    this.dice = dice;
    this.tally = tally;
  }

  /** A directory on it. */
  public Path directory(String name) {
    try {
      return Files.createDirectories(files.getPath("/", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whose effects its changes are from now on. */
  public void usedBy(Machine.Life user) {
    life = user;
  }

  /** Whether it has no room. */
  public void full(boolean isFull) {
    full = isFull;
  }

  /**
   * Whether syncs fail. As kernels have it, a sync that failed is not made up for by the next:
   * pages count as written then, and only what is written once more reaches the disk. Names are not
   * lost in this way: a file system that cannot write them goes away as a whole.
   */
  public void failsSyncs(boolean fails) {
    failsSyncs = fails;
  }

  @Override
  public void makeDirectories(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      effect("a deletion");
      noteCut(path);
      Files.delete(path);
      unsynced.remove(path);
      unsyncable.remove(path);
      unnamed.remove(path);
    }
  }

  /** A journal forgets its oldest file; what a failed attempt left behind is its newest. */
  private void noteCut(Path path) throws IOException {
    var directory = path.getParent();
    if (directory != null && directory.endsWith("journal")) {
      var newest = sorted(directory).stream().filter(Files::isRegularFile).toList().getLast();
      if (path.compareTo(newest) < 0) {
        tally.transition("journal cut");
      }
    }
  }

  @Override
  public FileChannel open(Path path, OpenOption... options) throws IOException {
    var isNew = !Files.exists(path);
    if (isNew) {
      requireRoom();
      effect("a new file");
    } else if (Arrays.asList(options).contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      beforeTruncate(path, 0);
    }
    var channel = new FaultyChannel(this, path, FileChannel.open(path, Set.of(options)));
    if (isNew) {
      unnamed.add(path);
    }
    open.add(channel);
    return channel;
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    requireRoom();
    requireSyncs();
    effect("a synced directory");
    unnamed.removeIf(path -> directory.equals(path.getParent()));
  }

  private void effect(String what) {
    if (life != null) {
      life.effect(what);
    }
  }

  private void requireRoom() throws IOException {
    if (full) {
      tally.count(Fault.DISK_FULL);
      throw DiskFault.noSpace();
    }
  }

  private void requireSyncs() throws IOException {
    if (failsSyncs) {
      tally.count(Fault.SYNC_FAILED);
      throw DiskFault.syncFailed();
    }
  }

  void beforeWrite(Path path, long position, long bytes) throws IOException {
    if (position + bytes > Files.size(path)) {
      requireRoom();
    }
    effect("a write");
    note(path, position);
  }

  void beforeTruncate(Path path, long size) throws IOException {
    effect("a truncation");
    note(path, size);
  }

  private void note(Path path, long from) throws IOException {
    var known = unsynced.get(path);
    if (known == null) {
      known = new Unsynced(Files.size(path), null);
      unsynced.put(path, known);
    }
    if (from <= known.length()) {
      unsyncable.remove(path);
    }
    if (from < known.length() && known.before() == null) {
      unsynced.put(path, new Unsynced(known.length(), Bytes.copyOf(Files.readAllBytes(path))));
    }
  }

  void beforeSync(Path path) throws IOException {
    if (unsynced.containsKey(path)) {
      if (full || failsSyncs) {
        unsyncable.add(path);
      }
      requireRoom();
      requireSyncs();
    }
    effect("a sync of " + path.getFileName());
  }

  void synced(Path path) {
    if (!unsyncable.contains(path)) {
      unsynced.remove(path);
    }
  }

  /** Its user dies: what was written stays. */
  public void loseUser() {
    try {
      for (var channel : open) {
        channel.close();
      }
      open.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loses what need not survive: a part of what was not synced. */
  public void losePower() {
    loseUser();
    try {
      for (var lost : unsynced.entrySet()) {
        lose(lost.getKey(), lost.getValue());
      }
      unsynced.clear();
      unsyncable.clear();
      for (var path : unnamed) {
        if (dice.percent(50)) {
          tally.count(Fault.NAME_LOST);
          Files.deleteIfExists(path);
        }
      }
      unnamed.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void lose(Path path, Unsynced lost) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    var left = Files.readAllBytes(path);
    var before = lost.before();
    if (before != null && dice.percent(50)) {
      tally.count(Fault.UNSYNCED_LOST);
      left = before.toArray();
      Files.write(path, left);
    }
    var more = (int) (left.length - lost.length());
    if (more <= 0) {
      return;
    }
    var kept = dice.percent(40) ? 0 : dice.between(0, more);
    tally.count(kept == 0 ? Fault.UNSYNCED_LOST : Fault.UNSYNCED_TORN);
    Files.write(path, Arrays.copyOf(left, (int) lost.length() + kept));
  }

  private static List<Path> sorted(Path directory) throws IOException {
    try (var paths = Files.walk(directory)) {
      return paths.sorted().toList();
    }
  }

  /** All files with their bytes. */
  public Map<Path, byte[]> image(Path directory) {
    try {
      var image = new TreeMap<Path, byte[]>();
      for (var path : sorted(directory)) {
        if (Files.isRegularFile(path)) {
          image.put(path, Files.readAllBytes(path));
        }
      }
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a directory back to what it held, or to nothing. Only while the machine is off. */
  public void restore(Path directory, Map<Path, byte[]> image) {
    try {
      if (!isSame(image(directory), image)) {
        tally.count(image.isEmpty() ? Fault.DISK_NEW : Fault.DISK_OLD);
      }
      for (var path : sorted(directory)) {
        if (Files.isRegularFile(path)) {
          Files.delete(path);
        }
      }
      for (var file : image.entrySet()) {
        Files.write(file.getKey(), file.getValue());
      }
      // What was not on disk for certain is of files that are gone.
      unsynced.keySet().removeIf(path -> path.startsWith(directory));
      unnamed.removeIf(path -> path.startsWith(directory));
      unsyncable.removeIf(path -> path.startsWith(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSame(Map<Path, byte[]> one, Map<Path, byte[]> other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), other.get(file.getKey())));
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
