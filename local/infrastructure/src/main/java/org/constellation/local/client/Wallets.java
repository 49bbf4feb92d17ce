package org.constellation.local.client;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The stars that this user may spend from, by name, in a file that only its owner reads. Whoever
 * has a star's token has its money.
 */
public final class Wallets {

  private static final JsonMapper JSON = new JsonMapper();

  private final Path file;
  private final Map<String, Wallet> byName;

  /** A star under a name of the user's own. */
  public record Wallet(String name, String star, String token) {}

  private Wallets(Path file, Map<String, Wallet> byName) {
    this.file = file;
    this.byName = byName;
  }

  /** Reads {@code file}; none means that there are no stars yet. */
  public static Wallets in(Path file) throws IOException {
    try {
      var read =
          JSON.readValue(
              Files.readString(file), new TypeReference<LinkedHashMap<String, Wallet>>() {});
      return new Wallets(file, read);
    } catch (NoSuchFileException e) {
      return new Wallets(file, new LinkedHashMap<>());
    } catch (JacksonException e) {
      throw new IOException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /** The wallet of this name or star. */
  public Optional<Wallet> find(String nameOrStar) {
    return Optional.ofNullable(byName.get(nameOrStar))
        .or(
            () ->
                byName.values().stream()
                    .filter(wallet -> wallet.star().equals(nameOrStar))
                    .findFirst());
  }

  /** The star that is meant: one of our names, or a star's own. */
  public String star(String nameOrStar) {
    return find(nameOrStar).map(Wallet::star).orElse(nameOrStar);
  }

  /** All of them, in the order in which they came. */
  public Collection<Wallet> all() {
    return byName.values();
  }

  /**
   * Adds wallets and writes the file; a name that is taken is given to the new one. What other
   * commands added meanwhile stays: nobody shows a lost token a second time.
   */
  public void add(Collection<Wallet> wallets) throws IOException {
    var directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    var turn = file.resolveSibling(file.getFileName() + ".lock");
    try (var channel = FileChannel.open(turn, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      byName.putAll(in(file).byName);
      wallets.forEach(wallet -> byName.put(wallet.name(), wallet));
      save();
    }
  }

  private void save() throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var channel = FileChannel.open(draft, Set.of(StandardOpenOption.WRITE))) {
      var bytes = java.nio.ByteBuffer.wrap(JSON.writeValueAsBytes(byName));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
