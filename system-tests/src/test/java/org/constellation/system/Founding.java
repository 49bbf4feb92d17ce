package org.constellation.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a network of several organisations by the commands that they would use. */
final class Founding {

  private Founding() {}

  /**
   * An organisation.
   *
   * @param data where all of it is
   * @param broker where its broker is to be found
   * @param members how many facilitators and how many galaxy members are its own
   */
  record Organisation(String name, Path data, String broker, int members) {

    private void makeKeys(boolean hasTreasury) throws IOException {
      var words = new ArrayList<>(List.of("member", "init", "--data", data.toString()));
      words.addAll(List.of("--organisation", name, "--broker", broker));
      words.addAll(List.of("--facilitators", Integer.toString(members)));
      words.addAll(List.of("--galaxy-members", Integer.toString(members)));
      if (hasTreasury) {
        words.add("--treasury");
      }
      Platform.command(words).expectSuccess();
    }
  }

  /** Makes the network; the treasury is the first one's. */
  static void found(Path genesis, List<Organisation> organisations) throws IOException {
    var assemble = new ArrayList<>(List.of("genesis", "assemble", "--name", "two"));
    assemble.addAll(List.of("--out", genesis.toString()));
    for (var one : organisations) {
      one.makeKeys(one.equals(organisations.getFirst()));
      assemble.add(one.data().resolve("card.json").toString());
    }
    Platform.command(assemble).expectSuccess();
    var shares = genesis.resolveSibling("shares.json").toString();
    for (var one : organisations) {
      var data = one.data().toString();
      Platform.command(List.of("member", "join", genesis.toString(), shares, "--data", data))
          .expectSuccess();
    }
  }
}
