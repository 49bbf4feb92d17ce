package org.constellation.platform.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.journal.Disk;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.SnapshotCodec;

/** A file for each snapshot: its parts, each after its length in four bytes. */
public final class SnapshotFiles implements SnapshotStore {

  private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.snapshot");

  private final Disk disk;
  private final Path directory;

  /**
   * @throws IOException if the directory cannot be made
   */
  public SnapshotFiles(Disk disk, Path directory) throws IOException {
    this.disk = disk;
    this.directory = directory;
    disk.makeDirectories(directory);
  }

  @Override
  public SortedSet<Long> heights() throws IOException {
    var heights = new TreeSet<Long>();
    try (var files = Files.list(directory)) {
      files.forEach(
          file -> {
            var name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
              heights.add(Long.valueOf(name.group(1)));
            }
          });
    }
    return heights;
  }

  @Override
  public Iterator<Bytes> read(long height) throws IOException {
    var parts = new ArrayList<Bytes>();
    try (var channel = FileChannel.open(file(height), StandardOpenOption.READ)) {
      var length = ByteBuffer.allocate(Integer.BYTES);
      while (fill(channel, length.clear())) {
        var bytes = length.getInt(0);
        // What is longer than any part, or cut off, is left out: then the rest makes no snapshot.
        if (bytes < 1 || bytes > SnapshotCodec.PART_BYTES_MAX) {
          break;
        }
        var part = ByteBuffer.allocate(bytes);
        if (!fill(channel, part)) {
          break;
        }
        parts.add(Bytes.copyOf(part.array()));
      }
    } catch (NoSuchFileException e) {
      return parts.iterator();
    }
    return parts.iterator();
  }

  private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public SnapshotSource.Found read(long height, int part) throws IOException {
    var content = Optional.<Bytes>empty();
    var parts = 0;
    try (var channel = FileChannel.open(file(height), StandardOpenOption.READ)) {
      var length = ByteBuffer.allocate(Integer.BYTES);
      while (fill(channel, length.clear())) {
        var bytes = length.getInt(0);
        if (bytes < 1 || bytes > SnapshotCodec.PART_BYTES_MAX) {
          return SnapshotSource.Found.none(height);
        }
        if (parts != part) {
          channel.position(channel.position() + bytes);
        } else {
          var buffer = ByteBuffer.allocate(bytes);
          if (!fill(channel, buffer)) {
            return SnapshotSource.Found.none(height);
          }
          content = Optional.of(Bytes.copyOf(buffer.array()));
        }
        parts++;
      }
    } catch (NoSuchFileException e) {
      return SnapshotSource.Found.none(height);
    }
    return new SnapshotSource.Found(height, parts, content);
  }

  @Override
  public void write(long height, Iterator<Bytes> parts) throws IOException {
    try (var channel =
        disk.open(
            file(height),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var at = 0L;
      while (parts.hasNext()) {
        var part = parts.next().toArray();
        var framed = ByteBuffer.allocate(Integer.BYTES + part.length);
        framed.putInt(part.length).put(part).flip();
        while (framed.hasRemaining()) {
          at += channel.write(framed, at);
        }
      }
      channel.force(false);
    }
    disk.syncDirectory(directory);
  }

  @Override
  public void delete(long height) throws IOException {
    disk.delete(file(height));
  }

  private Path file(long height) {
    return directory.resolve(height + ".snapshot");
  }
}
