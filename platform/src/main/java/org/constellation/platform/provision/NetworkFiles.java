package org.constellation.platform.provision;

import java.nio.file.Path;

/**
 * Where a local network keeps what it was given at its beginning.
 *
 * @param root the network's data directory
 */
public record NetworkFiles(Path root) {

  /** The genesis file: public, and the one thing that everybody shares. */
  public Path genesis() {
    return root.resolve("genesis.bin");
  }

  /** What an organisation shows of itself; there if its keys were made before the network. */
  public Path card() {
    return root.resolve("card.json");
  }

  /** The operator's bearer token. */
  public Path operatorToken() {
    return secrets().resolve("operator.token");
  }

  /** What services know the operator's token by. */
  public Path operatorHash() {
    return secrets().resolve("operator.hash");
  }

  /** The bearer token that spends from the treasury. */
  public Path treasuryToken() {
    return secrets().resolve("treasury.token");
  }

  /** What star-service knows the treasury's token by. */
  public Path treasuryHash() {
    return secrets().resolve("treasury.hash");
  }

  /** The key under which the star-service keeps its customers' keys. */
  public Path masterKey() {
    return secrets().resolve("master.key");
  }

  /** The seed of the key that signs a service's envelopes. */
  public Path serviceKey(String service) {
    return secrets().resolve(service + ".key");
  }

  /** The seed of the star that holds all no0s in the beginning. */
  public Path treasuryKey() {
    return secrets().resolve("treasury.key");
  }

  /** Public keys of logins that this machine signs; there from the first such login on. */
  public Path loginKeys() {
    return root.resolve("login").resolve("keys.json");
  }

  /** The directory of a facilitator, counted from 1. */
  public Path facilitator(int number) {
    return members().resolve("facilitator-" + number);
  }

  /** The directory of a galaxy member, counted from 1. */
  public Path galaxyMember(int number) {
    return members().resolve("galaxy-" + number);
  }

  Path members() {
    return root.resolve("members");
  }

  Path secrets() {
    return root.resolve("secrets");
  }
}
