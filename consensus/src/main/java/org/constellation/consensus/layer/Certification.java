package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteTally;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.jspecify.annotations.Nullable;

/**
 * The signatures under one round's header. A signature is checked only when n−f members name its
 * header, or when the header is this member's own.
 */
final class Certification {

  /** Where every header signature belongs. */
  static final Slot SLOT = new Slot(Slot.BEACON_INSTANCE, SlotKind.CERTIFY, 0);

  private final EraPlan plan;
  private final Roster roster;
  private final SignatureVerifier verifier;
  private final VoteTally<VoteValue> votes;
  private MemberSet valid = MemberSet.EMPTY;
  private MemberSet invalid = MemberSet.EMPTY;
  private MemberSet blamed = MemberSet.EMPTY;
  private @Nullable Signed certified;

  /** A header's hash with enough signatures. */
  record Signed(Hash hash, Certificate certificate) {}

  Certification(EraPlan plan, Roster roster, SignatureVerifier verifier) {
    this.plan = plan;
    this.roster = roster;
    this.verifier = verifier;
    this.votes = new VoteTally<>(roster);
  }

  static Vote vote(Hash hash, Signature signature) {
    var value = Arrays.copyOf(hash.toBytes(), Hash.LENGTH + Signature.LENGTH);
    System.arraycopy(signature.toBytes(), 0, value, Hash.LENGTH, Signature.LENGTH);
    return new Vote(SLOT, VoteValue.of(value));
  }

  static boolean isWellFormed(Vote vote) {
    return vote.slot().equals(SLOT) && vote.value().length() == Hash.LENGTH + Signature.LENGTH;
  }

  VoteTally.Cast cast(MemberIndex member, VoteValue value) {
    return votes.cast(member, value);
  }

  /** A certificate that came whole; checked by the caller. */
  void adopt(Signed signed) {
    if (certified == null) {
      certified = signed;
    }
  }

  /** The header that n−f members signed, whether or not it is this member's own. */
  Optional<Signed> signed() {
    if (certified == null) {
      for (var value : votes.values()) {
        tryHeader(hashOf(value));
      }
    }
    return Optional.ofNullable(certified);
  }

  /** Members found since the last call whose signature under what they sent is none. */
  MemberSet takeForgers() {
    var found = new MemberSet(invalid.bits() & ~blamed.bits());
    blamed = invalid;
    return found;
  }

  /** Members that sent a signature. */
  MemberSet heard() {
    return votes.voters(_ -> true);
  }

  private void tryHeader(Hash hash) {
    if (certified != null) {
      return;
    }
    var claiming = votes.voters(value -> hashOf(value).equals(hash));
    var usable = new MemberSet(claiming.bits() & ~invalid.bits());
    if (usable.size() < roster.quorum()) {
      return;
    }
    var message = Certificate.signedMessage(hash);
    var signatures = new ArrayList<Certificate.MemberSignature>();
    for (var member : usable.members()) {
      var signature = signatureOf(votes.of(member).orElseThrow());
      if (isValid(member, message, signature)) {
        signatures.add(new Certificate.MemberSignature(member.value(), signature));
      }
      if (signatures.size() == roster.quorum()) {
        certified = new Signed(hash, new Certificate(signatures));
        return;
      }
    }
  }

  private boolean isValid(MemberIndex member, byte[] message, Signature signature) {
    if (valid.contains(member)) {
      return true;
    }
    var key = plan.members().get(member.value()).operationalKey();
    if (verifier.verify(key, message, signature)) {
      valid = valid.with(member);
      return true;
    }
    invalid = invalid.with(member);
    return false;
  }

  /** Whether n−f different members of {@code plan} signed {@code hash}. */
  static boolean isCertified(
      EraPlan plan, Hash hash, Certificate certificate, SignatureVerifier verifier) {
    if (certificate.signatures().size() < plan.quorum()) {
      return false;
    }
    var message = Certificate.signedMessage(hash);
    for (var one : certificate.signatures()) {
      if (one.member() < 0 || one.member() >= plan.members().size()) {
        return false;
      }
      var key = plan.members().get(one.member()).operationalKey();
      if (!verifier.verify(key, message, one.signature())) {
        return false;
      }
    }
    return true;
  }

  private static Hash hashOf(VoteValue value) {
    return Hash.of(Arrays.copyOf(value.toBytes(), Hash.LENGTH));
  }

  private static Signature signatureOf(VoteValue value) {
    var bytes = value.toBytes();
    return Signature.of(Arrays.copyOfRange(bytes, Hash.LENGTH, bytes.length));
  }
}
