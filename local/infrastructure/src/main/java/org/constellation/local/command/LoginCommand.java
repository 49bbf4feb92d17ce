package org.constellation.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.constellation.local.client.LoginKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stands in for an identity provider. */
@Command(
    name = "login",
    description =
        "Prints an access token for a subject, as an identity provider would; the network on this"
            + " machine takes it in the place of a star's or the operator's token.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class LoginCommand implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "SUBJECT", description = "Who logs in.")
  private String subject = "";

  @Mixin private final ScopeOption scope = new ScopeOption();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long the token is good (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Override
  public Integer call() throws IOException {
    var keys = LoginKeys.in(data.network().root());
    System.out.println(keys.sign(subject, scope.scopes(), Duration.ofMinutes(minutes)));
    return 0;
  }
}
