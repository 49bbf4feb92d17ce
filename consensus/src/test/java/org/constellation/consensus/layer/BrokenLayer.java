package org.constellation.consensus.layer;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.constellation.consensus.testkit.PatchedCopy;

/**
 * Known mistakes of a layer, each a patch to a copy of its sources that is compiled here. The
 * production classes know nothing of it.
 */
enum BrokenLayer {
  /** Not broken: shows that the copy itself works. */
  COPY {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy;
    }
  },
  /** Takes f signatures for a certificate, where n−f are needed. */
  CERTIFIES_WITH_F {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch(
              "Certification",
              "usable.size() < roster.quorum()",
              "usable.size() < roster.maxFaulty()")
          .patch(
              "Certification",
              "signatures.size() == roster.quorum()",
              "signatures.size() == roster.maxFaulty()")
          .patch(
              "Certification",
              "certificate.signatures().size() < plan.quorum()",
              "certificate.signatures().size() < (plan.members().size() - 1) / 3");
    }
  },
  /** Does not look at the signatures that it counts. */
  BELIEVES_SIGNATURES {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch(
          "Certification", "if (verifier.verify(key, message, signature)) {", "if (true) {");
    }
  },
  /** Sends votes without a word in the journal. */
  KEEPS_NO_VOTES {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch(
          "LayerRound", "turn.step().journal(new JournalRecord.Sent(round, vote));", "");
    }
  },
  /** Sends proposals without a word in the journal, and makes another one after a crash. */
  KEEPS_NO_PROPOSAL {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch(
          "LayerRound", "turn.step().journal(new JournalRecord.Proposed(round, payload));", "");
    }
  },
  /** Remembers what others said only as long as it lives. */
  KEEPS_NO_WORD_OF_OTHERS {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch("LayerRound", "unwritten.forEach(turn.step()::journal);", "");
    }
  },
  /** Speaks at once after a start, whatever others hold signed from it. */
  ASKS_NOBODY {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch(
              "Layer", "!question.isAnswered(chain.certified(), turn.nowMillis())", "false")
          .patch(
              "Layer", ".ifPresent(reason -> chain.halt(reason, turn));", ".ifPresent(_ -> {});");
    }
  },
  /** Says everything once, and leaves what is lost lost. */
  NEVER_RESENDS {
    @Override
    PatchedCopy patch(PatchedCopy copy) {
      return copy.patch("Layer", "rounds.resend(turn);", "");
    }
  };

  abstract PatchedCopy patch(PatchedCopy copy);

  /** Compiles the patched copy and loads it beside the original. */
  LayerMachine.Maker maker() {
    var names = List.of("Layer", "Rounds", "LayerRound", "CatchUp", "Certification");
    var copy =
        patch(new PatchedCopy(MethodHandles.lookup(), name(), names))
            .patch(
                "Layer",
                "public final class Layer<B> {",
                "public final class Layer<B> implements LayerMachine<B> {")
            .load("Layer");
    try {
      var constructor =
          copy.getConstructor(
              LayerConfig.class, LayerRules.class, LayerPorts.class, LayerRecall.class);
      return new LayerMachine.Maker() {
        @Override
        @SuppressWarnings("unchecked") // The copy is generic as the original is.
        public <B> LayerMachine<B> make(
            LayerConfig config, LayerRules<B> rules, LayerPorts ports, LayerRecall recall) {
          try {
            return (LayerMachine<B>) constructor.newInstance(config, rules, ports, recall);
          } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
          }
        }
      };
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
