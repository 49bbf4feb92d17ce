package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.SecretFile;

/**
 * The operator's token and the treasury's, which open nothing of each other, and the hashes of
 * both, which are all that a service is given: it only has to know a token that it is shown.
 */
public final class Tokens {

  private Tokens() {}

  /**
   * Makes what is missing, and the hash anew of a token that was replaced. An older directory has
   * one token for both: that stays the treasury's, whose star already knows it, and the operator
   * gets another. An interrupted attempt is completed by the next one.
   */
  public static void settle(NetworkFiles files, SecureRandom random) throws IOException {
    var operator = files.operatorToken();
    if (Files.exists(files.treasuryKey())) {
      var treasury = files.treasuryToken();
      WholeFiles.keep(treasury, Files.exists(operator) ? line(token(operator)) : issued(random));
      if (Files.exists(operator) && token(operator).hash().matches(token(treasury))) {
        WholeFiles.replace(operator, issued(random));
      }
      keepHash(treasury, files.treasuryHash());
    }
    WholeFiles.keep(operator, issued(random));
    keepHash(operator, files.operatorHash());
  }

  private static void keepHash(Path token, Path hash) throws IOException {
    var line = MemberFiles.line(token(token).hash().value().toHex());
    if (!Files.exists(hash) || !Arrays.equals(SecretFile.read(hash), line)) {
      WholeFiles.replace(hash, line);
    }
  }

  private static BearerToken token(Path file) throws IOException {
    return BearerToken.parse(new String(SecretFile.read(file), StandardCharsets.US_ASCII).strip())
        .orElseThrow(() -> new IOException(file + " holds no bearer token"));
  }

  private static byte[] issued(SecureRandom random) {
    return line(BearerToken.issue(random));
  }

  private static byte[] line(BearerToken token) {
    return MemberFiles.line(token.reveal());
  }
}
