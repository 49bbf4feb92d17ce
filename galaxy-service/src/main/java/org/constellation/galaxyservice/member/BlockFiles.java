package org.constellation.galaxyservice.member;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
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

  private static final String SUFFIX = ".block";
  private static final Logger LOG = LoggerFactory.getLogger(BlockFiles.class);

  private final Disk disk;
  private final Path directory;
  private final ConcurrentSkipListMap<Long, Hash> hashes = new ConcurrentSkipListMap<>();
  private long synced;
  private boolean isDoubtful;

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

  /** Keeps a block. A disk that refuses costs only the copy. */
  void put(long height, Hash hash, Bytes encoded) {
    try {
      write(file(height), content(hash, encoded));
      hashes.put(height, hash);
    } catch (IOException e) {
      LOG.warn("No copy of block {} in {}: {}", height, directory, e.toString());
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
   * stay are synced, since the journal will soon not know them. A disk that refuses costs only the
   * copies; after a sync that failed they are written once more, since a kernel may take for
   * written what it could not write.
   */
  void stored(long height) {
    hashes.headMap(height - STORED_KEPT, true).keySet().forEach(this::drop);
    if (height <= synced) {
      return;
    }
    var kept = hashes.subMap(synced, false, height, true);
    if (kept.isEmpty()) {
      return;
    }
    try {
      for (var one : kept.keySet()) {
        if (isDoubtful) {
          rewrite(one);
        }
        try (var channel = disk.open(file(one), StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
      disk.syncDirectory(directory);
      synced = kept.lastKey();
      isDoubtful = false;
    } catch (IOException e) {
      isDoubtful = true;
      LOG.warn("Copies of blocks up to {} in {} may be lost: {}", height, directory, e.toString());
    }
  }

  private void rewrite(long height) throws IOException {
    var hash = hashes.remove(height);
    if (hash != null) {
      write(file(height), Files.readAllBytes(file(height)));
      hashes.put(height, hash);
    }
  }

  private void drop(long height) {
    try {
      disk.delete(file(height));
    } catch (IOException e) {
      LOG.debug("Block {} stays: {}", height, e.toString());
    }
    hashes.remove(height);
  }

  private Path file(long height) {
    return directory.resolve(height + SUFFIX);
  }
}
