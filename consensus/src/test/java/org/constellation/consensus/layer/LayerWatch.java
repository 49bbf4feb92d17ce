package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.constellation.consensus.Slot;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * What correct members of one committee say and certify, watched from outside over all their lives.
 * It counts signatures and compares blocks itself, so that a layer which believes too much is found
 * out.
 *
 * @param <B> the layer's block
 */
final class LayerWatch<B> {

  private static final int VIOLATIONS_MAX = 20;

  private final LayerConfig config;
  private final SignatureVerifier verifier;
  private final Map<Said, VoteValue> votes = new HashMap<>();
  private final Map<Proposed, Bytes> payloads = new HashMap<>();
  private final SortedMap<Long, CertifiedBlock<B>> agreed = new TreeMap<>();
  private final Map<Integer, Set<Long>> held = new HashMap<>();
  private final Set<Counted> counted = new HashSet<>();
  private final Set<Integer> ignored = new TreeSet<>();
  private final List<String> violations = new ArrayList<>();
  private Function<B, Hash> previous = _ -> Hash.ZERO;
  private Function<B, Object> content = _ -> Hash.ZERO;
  private boolean hasLinks;

  private record Said(int member, long round, Slot slot) {}

  private record Counted(Hash hash, Certificate certificate) {}

  private record Proposed(int member, long round) {}

  LayerWatch(LayerConfig config, SignatureVerifier verifier) {
    this.config = config;
    this.verifier = verifier;
  }

  /**
   * Teaches it to read blocks.
   *
   * @param previousOf the hash that a block names as its predecessor
   * @param contentOf everything of a block that must be equal at all members
   */
  void read(Function<B, Hash> previousOf, Function<B, Object> contentOf) {
    previous = previousOf;
    content = contentOf;
    hasLinks = true;
  }

  /** Nothing is promised about this member any more. */
  void ignore(int member) {
    ignored.add(member);
  }

  /** Certified blocks by round. */
  SortedMap<Long, CertifiedBlock<B>> agreed() {
    return Collections.unmodifiableSortedMap(agreed);
  }

  /** A member is about to tell all others something, perhaps not for the first time. */
  void said(VirtualMember<B, ?> member, List<Bytes> messages) {
    if (ignored.contains(member.index())) {
      return;
    }
    for (var message : messages) {
      switch (LayerCodec.decode(message).orElseThrow()) {
        case LayerMessage.Ballot(var round, var vote) -> {
          var before =
              votes.putIfAbsent(new Said(member.index(), round, vote.slot()), vote.value());
          if (before != null && !before.equals(vote.value())) {
            violated(
                "ONE VALUE: m%d said %s in round %d, now %s"
                    .formatted(member.index(), before, round, vote));
          }
        }
        case LayerMessage.Payload(var round, var payload) -> {
          var before = payloads.putIfAbsent(new Proposed(member.index(), round), payload);
          if (before != null && !before.equals(payload)) {
            violated(
                "ONE VALUE: m%d has two proposals in round %d".formatted(member.index(), round));
          }
        }
        case LayerMessage.Pull _,
            LayerMessage.Parts _,
            LayerMessage.Certified _,
            LayerMessage.Question _,
            LayerMessage.Answer _ -> {}
      }
    }
  }

  /** What a correct member proposed to all others in a round, if it did. */
  boolean isProposal(int member, long round, Bytes payload) {
    if (ignored.contains(member)) {
      return true;
    }
    var proposed = payloads.get(new Proposed(member, round));
    return proposed != null && proposed.equals(payload);
  }

  /** AGREEMENT, content, links, signatures, and rounds without gaps. */
  void certified(int member, CertifiedBlock<B> block) {
    if (ignored.contains(member)) {
      return;
    }
    held.computeIfAbsent(member, _ -> new TreeSet<>()).add(block.round());
    var before = agreed.putIfAbsent(block.round(), block);
    if (before != null
        && !(before.hash().equals(block.hash())
            && content.apply(before.block()).equals(content.apply(block.block())))) {
      violated("AGREEMENT: two certified blocks in round " + block.round());
    }
    count(member, block);
    var last = agreed.get(block.round() - 1);
    if (block.round() > 1 && last == null) {
      violated("AGREEMENT: round " + block.round() + " certified before its predecessor");
    } else if (last != null && hasLinks && !previous.apply(block.block()).equals(last.hash())) {
      violated("CHAIN: round " + block.round() + " does not name its predecessor");
    }
  }

  private void count(int member, CertifiedBlock<B> block) {
    if (!counted.add(new Counted(block.hash(), block.certificate()))) {
      return;
    }
    var message = Certificate.signedMessage(block.hash());
    var valid = new TreeSet<Integer>();
    for (var signed : block.certificate().signatures()) {
      var key = config.plan().members().get(signed.member()).operationalKey();
      if (verifier.verify(key, message, signed.signature())) {
        valid.add(signed.member());
      }
    }
    var size = config.plan().members().size();
    if (valid.size() < size - (size - 1) / 3) {
      violated(
          "VALIDITY: m%d certifies round %d by the signatures of %s"
              .formatted(member, block.round(), valid));
    }
  }

  /** The newest round that anybody certified. */
  long newest() {
    return agreed.isEmpty() ? 0 : agreed.lastKey();
  }

  /** TOTALITY: rounds up to {@code round} whose blocks never got to one of {@code members}. */
  List<String> missing(List<Integer> members, long round) {
    var missing = new ArrayList<String>();
    for (var member : members) {
      for (var of = 1L; of <= round; of++) {
        if (!held.getOrDefault(member, Set.of()).contains(of)) {
          missing.add("TOTALITY: m" + member + " never got the block of round " + of);
        }
      }
    }
    return missing;
  }

  void violated(String what) {
    if (violations.size() < VIOLATIONS_MAX) {
      violations.add(what);
    }
  }

  List<String> violations() {
    return violations;
  }
}
