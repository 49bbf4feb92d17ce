package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Installation;
import org.constellation.local.network.OrganisationProcess;
import org.constellation.local.network.Shape;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What an organisation does to run a network together with others. */
@Command(
    name = "member",
    description = "Makes an organisation's keys, and has it join a network of several.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {MemberCommand.Init.class, MemberCommand.Join.class})
final class MemberCommand {

  private MemberCommand() {}

  /** What both are told, and how both have their work done. */
  abstract static class Work implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Spec private @Nullable CommandSpec spec;

    final DataDirectory directory() {
      return data.directory();
    }

    final int run(OrganisationProcess process) throws IOException, InterruptedException {
      var line = Objects.requireNonNull(spec).commandLine();
      return process.run(line.getOut(), line.getErr());
    }
  }

  /** Makes keys and card. */
  @Command(
      name = "init",
      description =
          "Makes an organisation's keys, which stay in --data, and its card, which is public. What"
              + " is there is never changed.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
  static final class Init extends Work {

    @Option(
        names = "--organisation",
        required = true,
        paramLabel = "NAME",
        description = "Lower-case letters, digits and hyphens.")
    private String organisation = "";

    @Option(
        names = "--broker",
        required = true,
        paramLabel = "HOST:PORT",
        description = "Where all others will find its Kafka broker.")
    private String broker = "";

    @Option(
        names = "--facilitators",
        paramLabel = "N",
        defaultValue = "2",
        description = "Cluster members (default: ${DEFAULT-VALUE}).")
    private int facilitators;

    @Option(
        names = "--galaxy-members",
        paramLabel = "N",
        defaultValue = "2",
        description = "Galaxy members (default: ${DEFAULT-VALUE}).")
    private int galaxyMembers;

    @Option(
        names = "--treasury",
        description = "Keep the star that holds all no0s in the beginning: one organisation does.")
    private boolean treasury;

    @Override
    public Integer call() throws IOException, InterruptedException {
      var installation = Installation.in(DataOption.home());
      var directory = directory();
      var home = new Shape.Home(organisation, broker);
      var shape = new Shape(facilitators, galaxyMembers, false, home);
      try (var _ = directory.lock()) {
        var settled = directory.shape();
        if (settled.isEmpty()) {
          // Only an empty one; and an attempt that is interrupted is known as ours.
          directory.claim(shape);
        } else if (settled.get().ofOrganisation().isEmpty()) {
          throw new IOException(directory.root() + " holds a network already");
        }
        var code =
            run(
                OrganisationProcess.init(installation, directory, shape, home)
                    .with("treasury", Boolean.toString(treasury)));
        if (code == 0) {
          directory.settle(shape);
        }
        return code;
      }
    }
  }

  /** Takes the organisation's place in a network. */
  @Command(
      name = "join",
      description =
          "Checks that a genesis file has this organisation in it as its card says, opens its"
              + " members' shares and makes what they need to start.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
  static final class Join extends Work {

    @Parameters(index = "0", paramLabel = "GENESIS", description = "The genesis file.")
    private Path genesis = Path.of("");

    @Parameters(index = "1", paramLabel = "SHARES", description = "The sealed shares beside it.")
    private Path shares = Path.of("");

    @Override
    public Integer call() throws IOException, InterruptedException {
      var installation = Installation.in(DataOption.home());
      var directory = directory();
      if (directory.shape().flatMap(Shape::ofOrganisation).isEmpty()) {
        throw new IOException(
            "there are no keys of an organisation in %s: `./constellation member init` makes them"
                .formatted(directory.root()));
      }
      try (var _ = directory.lock()) {
        return run(
            OrganisationProcess.join(installation, directory)
                .with("genesis", genesis.toAbsolutePath().toString())
                .with("shares", shares.toAbsolutePath().toString()));
      }
    }
  }
}
