package org.constellation.protocol.notice;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.AgreementProof;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;

/**
 * A signed message to the galaxy itself. Its counter must exceed the last executed one of the same
 * star and kind, so a notice takes effect once.
 *
 * @param body exact signed bytes
 * @param key the key that signed; whether it is the star's is decided at execution
 * @param id hash of {@code body}
 */
public record Notice(
    Hash network,
    StarId star,
    long counter,
    Payload payload,
    Bytes body,
    PublicKey key,
    Signature signature,
    Hash id) {

  /** Longest encoded body, but for key generation. */
  public static final int BYTES_MAX = 1024;

  /** Longest encoded part or ack of key generation. */
  public static final int KEY_GENERATION_BYTES_MAX = 128 * 1024;

  /** Most clusters named by a join or relocation. */
  public static final int CLUSTERS_MAX = 3;

  /** Longest encoded body of a kind. */
  public static int bytesMax(Kind kind) {
    return switch (kind) {
      case KEY_PART, KEY_ACK -> KEY_GENERATION_BYTES_MAX;
      case JOIN, RELOCATION, CHECK_IN, CANDIDATE_OFFER, CANDIDATE_WITHDRAWAL -> BYTES_MAX;
    };
  }

  /** The id that belongs to a body. */
  public static Hash idOf(byte[] body) {
    return Hashing.hash("CSTL-V1-NOTICE", body);
  }

  /** The context-free check. */
  public boolean isSignedBy(SignatureVerifier verifier) {
    return verifier.verify(key, id.toBytes(), signature);
  }

  /** Which of the kinds this is; each has a counter of its own per star. */
  public Kind kind() {
    return switch (payload) {
      case Join _ -> Kind.JOIN;
      case Relocation _ -> Kind.RELOCATION;
      case CheckIn _ -> Kind.CHECK_IN;
      case CandidateOffer _ -> Kind.CANDIDATE_OFFER;
      case CandidateWithdrawal _ -> Kind.CANDIDATE_WITHDRAWAL;
      case KeyPart _ -> Kind.KEY_PART;
      case KeyAck _ -> Kind.KEY_ACK;
    };
  }

  /** In the order in which a block runs one star's notices; codes are stable. */
  public enum Kind {
    JOIN(1),
    RELOCATION(2),
    CHECK_IN(3),
    CANDIDATE_OFFER(4),
    CANDIDATE_WITHDRAWAL(5),
    KEY_PART(6),
    KEY_ACK(7);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that stands for it in the state. */
    public int code() {
      return code;
    }
  }

  /** What a notice says. */
  public sealed interface Payload {}

  /** A star without a home asks for one among the clusters that it reaches fastest. */
  public record Join(List<Integer> clusters) implements Payload {
    public Join {
      clusters = checkedClusters(clusters);
    }
  }

  /** A star asks to move once {@code lastSequence} is its executed head. */
  public record Relocation(long lastSequence, List<Integer> clusters) implements Payload {
    public Relocation {
      clusters = checkedClusters(clusters);
    }
  }

  /** A candidate shows that it lives, bound to the beacon of the slot that drew it. */
  public record CheckIn(long slot, Hash beacon) implements Payload {}

  /**
   * A star offers a node for committees.
   *
   * @param operationalKey signs for the node in committees
   * @param operationalProof by that key, see {@link
   *     org.constellation.protocol.chain.KeyPossession#operationalMessage}
   * @param agreementKey for coins and key generation, a key as in {@link AgreementProof}
   * @param agreementProof see {@link
   *     org.constellation.protocol.chain.KeyPossession#agreementMessage}
   */
  public record CandidateOffer(
      PublicKey operationalKey,
      Signature operationalProof,
      Bytes agreementKey,
      Bytes agreementProof,
      PublicKey operatorKey,
      int utcOffsetMinutes,
      int cores,
      long memoryMebibytes)
      implements Payload {
    public CandidateOffer {
      if (!AgreementProof.isKey(agreementKey)) {
        throw new IllegalArgumentException("the agreement key is no compressed point of P-256");
      }
      if (agreementProof.length() != AgreementProof.LENGTH) {
        throw new IllegalArgumentException("a proof has 64 bytes, not " + agreementProof.length());
      }
    }
  }

  /** An orderly farewell, in force until the star offers itself anew. */
  public record CandidateWithdrawal() implements Payload {}

  /** A dealer's part of a key generation. */
  public record KeyPart(Hash plan, int attempt, Bytes part) implements Payload {}

  /** A member's acknowledgement of a dealer's part. */
  public record KeyAck(Hash plan, int attempt, int dealer, Bytes ack) implements Payload {}

  private static List<Integer> checkedClusters(List<Integer> clusters) {
    if (clusters.isEmpty()
        || clusters.size() > CLUSTERS_MAX
        || clusters.stream().distinct().count() != clusters.size()
        || clusters.stream().anyMatch(cluster -> cluster < 0)) {
      throw new IllegalArgumentException("name 1.." + CLUSTERS_MAX + " different clusters");
    }
    return List.copyOf(clusters);
  }
}
