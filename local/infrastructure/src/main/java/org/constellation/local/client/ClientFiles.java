package org.constellation.local.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.GenesisCodec;
import org.jspecify.annotations.Nullable;

/** What a user's commands find in a local network's data directory. */
public record ClientFiles(DataDirectory data) {

  private static final String TREASURY = "treasury";

  /** The network's front door, where it was when the network was last up. */
  public Network network() throws IOException {
    var port = data.endpoints().get(Shape.gateway());
    if (port == null) {
      throw new IOException(
          "the network in "
              + data.root()
              + " was made but never up; `./constellation up` starts it");
    }
    return new Network(URI.create("http://127.0.0.1:" + port));
  }

  /** The user's stars; the treasury of a local network is among them. */
  public Wallets wallets() throws IOException {
    var wallets = Wallets.in(data.root().resolve("client").resolve("wallets.json"));
    var seed = treasury();
    if (!Files.exists(seed)) {
      return wallets;
    }
    var own = secret("treasury.token");
    var known = wallets.find(TREASURY);
    if (known.isPresent() && !Files.exists(own)) {
      return wallets;
    }
    // A directory that was made before there were two tokens, and not been up since.
    var token = Files.readString(Files.exists(own) ? own : secret("operator.token")).strip();
    var star =
        new StarId(Ed25519.best().signingKey(Files.readAllBytes(seed)).publicKey()).toString();
    var treasury = new Wallets.Wallet(TREASURY, star, token);
    // Its token may have been replaced; another star of that name is the user's own.
    if (known.isEmpty() || (known.get().star().equals(star) && !known.get().equals(treasury))) {
      wallets.add(List.of(treasury));
    }
    return wallets;
  }

  /** Whether the star that held all no0s in the beginning is this organisation's. */
  public boolean hasTreasury() {
    return Files.exists(treasury());
  }

  private Path treasury() {
    return secret("treasury.key");
  }

  private Path secret(String name) {
    return data.root().resolve("secrets").resolve(name);
  }

  /**
   * The network's genesis file.
   *
   * @param other where it is, or null for the data directory's own
   */
  public Genesis genesis(@Nullable Path other) throws IOException {
    var file = other == null ? data.genesis() : other;
    try {
      var bytes = Bytes.copyOf(Files.readAllBytes(file));
      return switch (GenesisCodec.decode(bytes)) {
        case Decoded.Valid<Genesis>(var genesis) -> genesis;
        case Decoded.Malformed<Genesis>(var reason, var detail) ->
            throw new IOException(file + " is no genesis file: " + reason + ", " + detail);
      };
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing", e);
    }
  }

  /** Where a command keeps what it needs to go on later. */
  public Path progress(String name) {
    return data.root().resolve("client").resolve(name);
  }
}
