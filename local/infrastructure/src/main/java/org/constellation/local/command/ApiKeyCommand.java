package org.constellation.local.command;

import java.util.concurrent.Callable;
import org.constellation.local.client.ApiKey;
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

  @Parameters(paramLabel = "NAME", description = "What the machine is called in the audit log.")
  private String name = "";

  @Mixin private final ScopeOption scope = new ScopeOption();

  @Override
  public Integer call() {
    var key = ApiKey.make();
    var settings = "constellation.login.api-keys.%s.".formatted(name);
    System.out.println("key       " + key.text());
    System.out.println("settings  " + settings + "hash=" + key.hash());
    System.out.println("          " + settings + "scopes=" + String.join(",", scope.scopes()));
    return 0;
  }
}
