package org.constellation.local.command;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a login may do. */
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class ScopeOption {

  /** All that services know; any other opens nothing. */
  private static final Set<String> KNOWN =
      Set.of("constellation:custody", "constellation:operator");

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "constellation:custody",
      description =
          "constellation:custody or constellation:operator; may be repeated (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> scopes = List.of();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  /**
   * What was asked for.
   *
   * @throws ParameterException if there is no such scope
   */
  List<String> scopes() {
    for (var scope : scopes) {
      if (!KNOWN.contains(scope)) {
        throw new ParameterException(
            Objects.requireNonNull(command).commandLine(),
            "--scope is constellation:custody or constellation:operator, not " + scope);
      }
    }
    return scopes;
  }
}
