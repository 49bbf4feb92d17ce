package org.constellation.galaxyservice.member;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import org.constellation.platform.follow.BlockSource;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member's certified blocks, one file each, for whoever lacks them. The journal answers for them;
 * these files are copies that need no sync, and are made again from the journal at every start.
 */
final class BlockFiles implements BlockSource {

  /** So many blocks stay although they are stored elsewhere: those who lag ask for them. */
  static final int STORED_KEPT = 256;

  private static final String SUFFIX = ".block";
  private static final Logger LOG = LoggerFactory.getLogger(BlockFiles.class);

  private final Path directory;
  private final ConcurrentSkipListSet<Long> heights = new ConcurrentSkipListSet<>();

  /**
   * @throws IOException if the directory cannot be made or emptied
   */
  BlockFiles(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    try (var old = Files.list(directory)) {
      for (var file : old.toList()) {
        Files.delete(file);
      }
    }
  }

  /** Keeps a block. A disk that refuses costs only the copy. */
  void put(long height, Hash hash, Bytes encoded) {
    var content = new byte[Hash.LENGTH + encoded.length()];
    System.arraycopy(hash.toBytes(), 0, content, 0, Hash.LENGTH);
    System.arraycopy(encoded.toArray(), 0, content, Hash.LENGTH, encoded.length());
    try {
      Files.write(file(height), content);
      heights.add(height);
    } catch (IOException e) {
      LOG.warn("No copy of block {} in {}: {}", height, directory, e.toString());
    }
  }

  @Override
  public Optional<Stored> block(long height) {
    if (!heights.contains(height)) {
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

  /** Blocks up to {@code height} are stored elsewhere: all but the newest of them may go. */
  void stored(long height) {
    for (var old : heights.headSet(height - STORED_KEPT, true)) {
      try {
        Files.deleteIfExists(file(old));
      } catch (IOException e) {
        LOG.debug("Block {} stays: {}", old, e.toString());
      }
      heights.remove(old);
    }
  }

  private Path file(long height) {
    return directory.resolve(height + SUFFIX);
  }
}
