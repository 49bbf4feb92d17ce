package org.constellation.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.constellation.local.client.LoginKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stands in for an identity provider. */
@Command(
    name = "login",
    description =
        "Prints an access token for a subject, as an identity provider would; the network on this"
            + " machine takes it in the place of a star's or the operator's token.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class LoginCommand implements Callable<Integer> {

  /** A day: what needs longer is a machine, and has an API key. */
  private static final int MINUTES_MAX = 1_440;

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "SUBJECT", description = "Who logs in.")
  private String subject = "";

  @Mixin private final ScopeOption scope = new ScopeOption();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long the token is good, up to a day (default: ${DEFAULT-VALUE}).")
  private int minutes;

  @Spec private @Nullable CommandSpec spec;

  private CommandLine line() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private void require(boolean condition, String rule) {
    if (!condition) {
      throw new ParameterException(line(), rule);
    }
  }

  @Override
  public Integer call() throws IOException {
    require(!subject.isBlank(), "SUBJECT says who logs in");
    require(minutes > 0 && minutes <= MINUTES_MAX, "--minutes is 1 to " + MINUTES_MAX);
    var scopes = scope.scopes();
    var network = data.network();
    if (network.isClient()) {
      throw new IOException(
          "the network of %s runs elsewhere, and its services believe no key that is made here: log in"
                  .formatted(network.root())
              + " at the issuer that they were told of, or have its operator tell them of an API"
              + " key (docs/security.md, Logins)");
    }
    line()
        .getOut()
        .println(LoginKeys.in(network.root()).sign(subject, scopes, Duration.ofMinutes(minutes)));
    return 0;
  }
}
