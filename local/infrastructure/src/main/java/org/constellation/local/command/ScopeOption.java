package org.constellation.local.command;

import java.util.List;
import picocli.CommandLine.Option;

/** What a login may do. */
@SuppressWarnings("FieldCanBeFinal") // picocli sets the field
final class ScopeOption {

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "constellation:custody",
      description =
          "constellation:custody or constellation:operator; may be repeated (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> scopes = List.of();

  List<String> scopes() {
    return scopes;
  }
}
