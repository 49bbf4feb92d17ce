package org.constellation.local.command;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.constellation.protocol.crypto.Hashing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a key for a machine; it is kept nowhere. */
@Command(
    name = "api-key",
    description =
        "Makes a key for a machine, and prints it once with the settings by which services know it:"
            + " they hold its hash only.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class ApiKeyCommand implements Callable<Integer> {

  private static final int SECRET_BYTES = 32;

  @Parameters(paramLabel = "NAME", description = "What the machine is called in the audit log.")
  private String name = "";

  @Mixin private final ScopeOption scope = new ScopeOption();

  @Override
  public Integer call() {
    var secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    var key = "csk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var settings = "constellation.login.api-keys.%s.".formatted(name);
    System.out.println("key       " + key);
    System.out.println("settings  " + settings + "hash=" + hash(key));
    System.out.println("          " + settings + "scopes=" + String.join(",", scope.scopes()));
    return 0;
  }

  private static String hash(String key) {
    return Hashing.hash("CSTL-V1-API-KEY", key.getBytes(StandardCharsets.US_ASCII)).toHex();
  }
}
