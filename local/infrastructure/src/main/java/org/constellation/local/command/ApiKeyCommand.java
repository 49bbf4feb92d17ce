package org.constellation.local.command;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.constellation.local.client.ApiKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a key for a machine; it is kept nowhere. */
@Command(
    name = "api-key",
    description =
        "Makes a key for a machine, and prints it once with the settings by which services know it:"
            + " they hold its hash only.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class ApiKeyCommand implements Callable<Integer> {

  /**
   * What comes back out of a variable's name. There capitals and hyphens are lost, and stars belong
   * to the name: one that is told otherwise would lose them.
   */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]{0,31}");

  @Parameters(
      paramLabel = "NAME",
      description =
          "What the machine is called in the audit log: lower-case letters and digits, at most 32.")
  private String name = "";

  @Mixin private final ScopeOption scope = new ScopeOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var line = Objects.requireNonNull(spec).commandLine();
    if (!NAME.matcher(name).matches()) {
      throw new ParameterException(
          line, "NAME is a lower-case letter, and up to 31 such letters and digits after it");
    }
    var scopes = scope.scopes();
    var key = ApiKey.make();
    var variable = "CONSTELLATION_LOGIN_APIKEYS_%s_".formatted(name.toUpperCase(Locale.ROOT));
    line.getOut().println("key " + key.text());
    line.getOut().println(variable + "HASH=" + key.hash());
    line.getOut().println(variable + "SCOPES=" + String.join(",", scopes));
    return 0;
  }
}
