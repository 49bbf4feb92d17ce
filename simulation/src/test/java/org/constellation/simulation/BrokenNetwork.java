package org.constellation.simulation;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.testkit.Patches;

/**
 * Known mistakes, each a patch to a copy of production sources. The copy is compiled and run in a
 * process of its own, before the original on the class path; production knows nothing of it.
 */
enum BrokenNetwork {
  /** Says a vote without a word in the journal, and another one after a restart. */
  FORGETS_VOTES(
      Scenario.CRASH_STORM,
      new Patch(
          "consensus",
          "consensus/layer/LayerRound",
          "turn.step().journal(new JournalRecord.Sent(round, vote));",
          "")),
  /** Takes f signatures for a certificate, where n−f are needed. */
  CERTIFIES_WITH_F(
      Scenario.BYZANTINE,
      new Patch(
          "protocol",
          "protocol/proof/CertificateCheck",
          "certificate.signatures().size() < committee.quorum()",
          "certificate.signatures().size() < (committee.members().size() - 1) / 3"),
      new Patch(
          "consensus",
          "consensus/layer/Certification",
          "certificate.signatures().size() < plan.quorum()",
          "certificate.signatures().size() < (plan.members().size() - 1) / 3")),
  /** Takes a star's half-blocks from any cluster. */
  TAKES_ANY_HOME(
      Scenario.HOSTILE,
      new Patch(
          "protocol", "protocol/state/Judgement", "if (head.home() != cluster) {", "if (false) {")),
  /** Stands by a proposal without the bodies that it names. */
  ECHOES_WITHOUT_BODIES(
      Scenario.BYZANTINE,
      new Patch(
          "consensus",
          "consensus/layer/Payloads",
          "if (entry.missing.isEmpty()) {",
          "if (true) {")),
  /** Lets a settled proposal be agreed to again. */
  SETTLES_TWICE(
      Scenario.CALM,
      new Patch(
          "protocol",
          "protocol/execution/Transactions",
          "block.edit.put(proposal, new ProposalRecord.Ended(End.SETTLED, hold.validUntil()));",
          "")),
  /** Judges a checkpoint by what this member has executed, not by what was agreed. */
  HEADS_BY_WHAT_IT_SAW(
      Scenario.HOSTILE,
      new Patch(
          "consensus",
          "consensus/cluster/ClusterRules",
          "var height = galaxyHeight(proposals);",
          "var height = galaxyHeight();"));

  /** A replacement of something that stands once in a source. */
  private record Patch(String module, String type, String original, String replacement) {}

  /**
   * What was found first.
   *
   * @param seeds how many were run until then
   */
  record Caught(int seeds, String violation) {}

  @SuppressWarnings("ImmutableEnumChecker") // A copy that cannot be changed.
  private final List<Patch> patches;

  private final Scenario scenario;

  /**
   * @param scenario in which it should show
   */
  BrokenNetwork(Scenario scenario, Patch... patches) {
    this.scenario = scenario;
    this.patches = List.of(patches);
  }

  /** Runs seeds from the first on until one does not keep an invariant. */
  Optional<Caught> firstCaught(int seedsMax, Path directory)
      throws IOException, InterruptedException {
    var classes = compile(directory);
    var process =
        ChildProcess.simulate(
            classes + File.pathSeparator + Patches.classPath(),
            "--scenario",
            scenario.slug(),
            "--seeds",
            Integer.toString(seedsMax));
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var seeds = 0;
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        seeds++;
        if (!line.contains("\"outcome\":\"good\"")) {
          return Optional.of(new Caught(seeds, line.substring(line.indexOf("\"outcome\""))));
        }
      }
      if (process.waitFor() != 0) {
        throw new IOException(this + " ended after " + seeds + " seeds");
      }
      return Optional.empty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Path compile(Path directory) throws IOException {
    var files = new ArrayList<Path>();
    for (var patch : patches) {
      var source = Path.of("..", patch.module(), "src", "main", "java", "org", "constellation");
      var text = Files.readString(source.resolve(patch.type() + ".java"));
      var patched =
          Patches.apply(text, patch.original(), patch.replacement(), this + " of " + patch.type());
      var copy = directory.resolve("sources").resolve(patch.type() + ".java");
      Files.createDirectories(copy.getParent());
      files.add(Files.writeString(copy, patched));
    }
    var classes = Files.createDirectories(directory.resolve("classes"));
    Patches.compile(files, classes);
    return classes;
  }
}
