package org.constellation.galaxyservice.member;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.journal.Disk;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.GalaxyCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's certified blocks, one file each, for whoever lacks them. The journal answers for them;
 * these files are copies. What is lost of them is made again from the journal at the next start.
 * The newest stay after the journal was cut, since a store may come back older than it said; they
 * are synced before that.
 */
final class BlockFiles implements BlockSource {

  /** So many blocks stay although they are stored elsewhere: those who lag ask for them. */
  static final int STORED_KEPT = 256;

  /**
   * So many blocks that could not be copied wait in memory for a disk that takes them. Those beyond
   * stay in the journal alone, for as many heights as copies are kept.
   */
  static final int UNCOPIED_MAX = 16;

  private static final String SUFFIX = ".block";
  private static final Logger LOG = LoggerFactory.getLogger(BlockFiles.class);

  private final Disk disk;
  private final Path directory;
  private final ConcurrentSkipListMap<Long, Hash> hashes = new ConcurrentSkipListMap<>();
  // Copies that a crash may take; of these, those that to sync is not enough.
  private final NavigableSet<Long> unsynced = new ConcurrentSkipListSet<>();
  private final Set<Long> doubtful = new ConcurrentSkipListSet<>();
  private final ConcurrentSkipListMap<Long, Optional<Stored>> uncopied =
      new ConcurrentSkipListMap<>();

  /**
   * @throws IOException if the directory cannot be made
   */
  BlockFiles(Disk disk, Path directory) throws IOException {
    this.disk = disk;
    this.directory = directory;
    disk.makeDirectories(directory);
  }

  /** Takes up a block of the journal; writes only if its copy is not there as it should be. */
  void recall(long height, Hash hash, Bytes encoded) {
    if (isCopied(height, hash, encoded)) {
      // Perhaps in the kernel's memory only: the process before this one may have died alone.
      doubtful.add(height);
      unsynced.add(height);
      hashes.put(height, hash);
    } else {
      put(height, hash, encoded);
    }
  }

  private boolean isCopied(long height, Hash hash, Bytes encoded) {
    try {
      return Arrays.equals(Files.readAllBytes(file(height)), content(hash, encoded));
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] content(Hash hash, Bytes encoded) {
    var content = new byte[Hash.LENGTH + encoded.length()];
    System.arraycopy(hash.toBytes(), 0, content, 0, Hash.LENGTH);
    System.arraycopy(encoded.toArray(), 0, content, Hash.LENGTH, encoded.length());
    return content;
  }

  /**
   * Takes up the copies that the journal no longer answers for, since their blocks are stored
   * elsewhere; deletes what is damaged, too old or beyond the journal. A disk that refuses costs
   * only the room.
   */
  void recallOthers() {
    var newest = hashes.isEmpty() ? 0 : hashes.lastKey();
    try (var present = Files.list(directory)) {
      for (var file : present.sorted().toList()) {
        var height = heightOf(file);
        if (hashes.containsKey(height)) {
          continue;
        }
        var isKept = height > newest - STORED_KEPT && height < newest;
        var hash = isKept ? wholeBlock(file, height) : Optional.<Hash>empty();
        if (hash.isPresent()) {
          hashes.put(height, hash.get());
        } else {
          disk.delete(file);
        }
      }
    } catch (IOException e) {
      LOG.warn("Old copies of blocks stay in {}: {}", directory, e.toString());
    }
  }

  /** 0 for what is no copy of a block. */
  private static long heightOf(Path file) {
    var name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return 0;
    }
    try {
      return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The header's hash of the block in a copy that is as it was made. */
  private static Optional<Hash> wholeBlock(Path file, long height) throws IOException {
    var content = Files.readAllBytes(file);
    if (content.length <= Hash.LENGTH) {
      return Optional.empty();
    }
    var hash = Hash.of(Arrays.copyOf(content, Hash.LENGTH));
    var encoded = Bytes.copyOf(Arrays.copyOfRange(content, Hash.LENGTH, content.length));
    return GalaxyCodec.decode(encoded)
        .toOptional()
        .map(GalaxyBlock::header)
        .filter(header -> header.height() == height && header.hash().equals(hash))
        .map(_ -> hash);
  }

  /** Keeps a block. What a disk refuses is tried again at the next {@link #stored}. */
  void put(long height, Hash hash, Bytes encoded) {
    try {
      copy(height, hash, encoded);
    } catch (IOException e) {
      LOG.warn("No copy of block {} in {}: {}", height, directory, e.toString());
      var waits = uncopied.size() < UNCOPIED_MAX;
      uncopied.put(height, waits ? Optional.of(new Stored(hash, encoded)) : Optional.empty());
    }
  }

  private void copy(long height, Hash hash, Bytes encoded) throws IOException {
    write(file(height), content(hash, encoded));
    doubtful.remove(height);
    unsynced.add(height);
    hashes.put(height, hash);
    uncopied.remove(height);
  }

  /** Tries again what was refused. */
  private void copyRest() {
    try {
      for (var rest : uncopied.entrySet()) {
        if (rest.getValue().isPresent()) {
          var block = rest.getValue().get();
          copy(rest.getKey(), block.hash(), block.encoded());
        }
      }
    } catch (IOException e) {
      LOG.warn("{} blocks have no copy in {}: {}", uncopied.size(), directory, e.toString());
    }
  }

  private void write(Path file, byte[] content) throws IOException {
    try (var channel =
        disk.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
    }
  }

  /** The header's hash of a block that is here. */
  Optional<Hash> hash(long height) {
    return Optional.ofNullable(hashes.get(height));
  }

  @Override
  public Optional<Stored> block(long height) {
    var waiting = uncopied.get(height);
    if (waiting != null) {
      return waiting;
    }
    if (!hashes.containsKey(height)) {
      return Optional.empty();
    }
    try {
      var content = Files.readAllBytes(file(height));
      var hash = Arrays.copyOf(content, Hash.LENGTH);
      var encoded = Arrays.copyOfRange(content, Hash.LENGTH, content.length);
      return Optional.of(new Stored(Hash.of(hash), Bytes.copyOf(encoded)));
    } catch (IOException e) {
      LOG.debug("Block {} is not there: {}", height, e.toString());
      return Optional.empty();
    }
  }

  /**
   * Blocks up to {@code height} are stored elsewhere: all but the newest of them may go. Those that
   * stay are synced. After a sync that failed they are first written once more, since a kernel may
   * take for written what it could not write.
   *
   * @return up to which height the journal may forget blocks, as no crash takes a copy below it:
   *     never beyond what is here, since a store may have a block before this member does
   */
  long stored(long height) {
    var old = height - STORED_KEPT;
    uncopied.headMap(old, true).clear();
    copyRest();
    var here = Math.min(height, hashes.isEmpty() ? 0 : hashes.lastKey());
    hashes.headMap(old, true).keySet().forEach(this::drop);
    var synced = sync(here);
    return uncopied.isEmpty() ? synced : Math.min(synced, uncopied.firstKey() - 1);
  }

  /** Up to which height no crash takes a copy. */
  private long sync(long height) {
    var kept = List.copyOf(unsynced.headSet(height, true));
    if (kept.isEmpty()) {
      return height;
    }
    try {
      for (var one : kept) {
        try (var channel = disk.open(file(one), StandardOpenOption.WRITE)) {
          if (doubtful.contains(one)) {
            rewrite(one, channel);
          }
          channel.force(true);
        }
      }
      disk.syncDirectory(directory);
    } catch (IOException e) {
      LOG.warn("Copies of blocks up to {} in {} may be lost: {}", height, directory, e.toString());
      doubtful.addAll(kept);
      return kept.getFirst() - 1;
    }
    kept.forEach(doubtful::remove);
    kept.forEach(unsynced::remove);
    return height;
  }

  /** Over itself, so that nobody ever reads less than all of it. */
  private void rewrite(long height, FileChannel channel) throws IOException {
    var copy = file(height);
    if (!wholeBlock(copy, height).equals(hash(height))) {
      throw new IOException(copy + " is damaged");
    }
    var same = ByteBuffer.wrap(Files.readAllBytes(copy));
    while (same.hasRemaining()) {
      channel.write(same, same.position());
    }
  }

  private void drop(long height) {
    try {
      disk.delete(file(height));
    } catch (IOException e) {
      LOG.debug("Block {} stays: {}", height, e.toString());
    }
    unsynced.remove(height);
    doubtful.remove(height);
    hashes.remove(height);
  }

  private Path file(long height) {
    return directory.resolve(height + SUFFIX);
  }
}
