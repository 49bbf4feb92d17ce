package org.constellation.protocol.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Ed25519 (RFC 8032) under the network's one acceptance rule: {@link AcceptanceRule} first, then
 * the provider's equation without cofactor. Which provider computes is a matter of speed alone: one
 * that gives another verdict on any of the embedded test cases is refused.
 */
public final class Ed25519 implements SignatureScheme {

  private final Ed25519Provider provider;
  private final String description;

  private Ed25519(Ed25519Provider provider, String description) {
    this.provider = provider;
    this.description = description;
  }

  /**
   * The fastest provider that this machine has and that gives the expected verdicts: the native
   * one, else the Java runtime's. Chosen and checked once per process, at the first call.
   *
   * @throws ExceptionInInitializerError if there is none: this process cannot take part
   */
  public static Ed25519 best() {
    return Best.SCHEME;
  }

  /** The Java runtime's own provider, some fifteen times slower than the native one. */
  public static Ed25519 ofJavaRuntime() {
    return choose(List.of(JavaRuntimeProvider::new));
  }

  /** The first of {@code candidates} that starts and that {@link Conformance} lets through. */
  static Ed25519 choose(List<Supplier<Ed25519Provider>> candidates) {
    var refusals = new ArrayList<String>();
    for (var candidate : candidates) {
      try {
        var provider = candidate.get();
        var differing = Conformance.differences(new Ed25519(provider, provider.name()));
        if (differing.isEmpty()) {
          return new Ed25519(provider, String.join("; ", describe(provider, refusals)));
        }
        refusals.add(provider.name() + " refused, it differs on " + differing);
      } catch (IllegalStateException | LinkageError e) {
        refusals.add("provider not available: " + e.getMessage());
      }
    }
    throw new IllegalStateException("no Ed25519 provider can be used: " + refusals);
  }

  private static List<String> describe(Ed25519Provider provider, List<String> refusals) {
    var description = new ArrayList<String>();
    description.add(provider.name());
    description.addAll(refusals);
    return description;
  }

  /** Which provider computes and, if it was not the first choice, why; for a log at start. */
  public String description() {
    return description;
  }

  @Override
  public boolean verify(PublicKey key, byte[] message, Signature signature) {
    return AcceptanceRule.admits(key, signature) && provider.verify(key, message, signature);
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
    }
    return new Ed25519SigningKey(seed.clone(), provider);
  }

  /** Holds the choice so that it is made at the first use and not before. */
  private static final class Best {
    static final Ed25519 SCHEME = choose(List.of(NativeProvider::new, JavaRuntimeProvider::new));
  }
}
