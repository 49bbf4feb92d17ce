package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first page of the documentation promises. */
@Tag("system")
class PaymentSystemTest {

  @TempDir private Path directory;

  @Test
  void aPaymentBecomesFinalStaysSoAndIsProvenOffline() throws IOException {
    var data = directory.resolve("data");
    String id;
    try (var platform = Platform.up(data)) {
      platform.run("star", "new", "--name", "alice").expectSuccess();
      id =
          platform.run("pay", "treasury", "alice", "100").expectSuccess().lines().findFirst().get();
      assertThat(platform.run("balance", "alice").expectSuccess())
          .containsPattern("\\b100\\s+no0s");
    }
    try (var platform = Platform.up(data)) {
      assertThat(platform.run("tx", id).expectSuccess()).contains("FINAL");
      assertThat(platform.run("balance", "alice").expectSuccess())
          .containsPattern("\\b100\\s+no0s");
      var saved = directory.resolve("proof");
      assertThat(platform.run("verify", id, "--save", saved.toString()).expectSuccess())
          .contains("PROVEN");
      assertThat(platform.run("verify", "--balance", "alice").expectSuccess())
          .contains("PROVEN", "has     100 of no0s");
      assertThat(platform.run("verify", "--exclusion", "alice").expectSuccess())
          .contains("PROVEN", "was never convicted");
      noAlteredByteIsBelieved(Files.readAllBytes(data.resolve("genesis.bin")), saved);
    }
  }

  private static void noAlteredByteIsBelieved(byte[] genesisFile, Path saved) throws IOException {
    var genesis = GenesisCodec.decode(Bytes.copyOf(genesisFile)).toOptional().orElseThrow();
    var proof = Files.readAllBytes(saved);
    assertThat(ProofCodec.checkTransaction(genesis, Bytes.copyOf(proof), Ed25519.best()))
        .isInstanceOf(TransactionProof.Proven.class);
    for (var at = 0; at < proof.length; at++) {
      var altered = proof.clone();
      altered[at] ^= (byte) (1 << (at % 8));
      assertThat(ProofCodec.checkTransaction(genesis, Bytes.copyOf(altered), Ed25519.best()))
          .as("byte " + at)
          .isNotInstanceOf(TransactionProof.Proven.class);
    }
  }
}
