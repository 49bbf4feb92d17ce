package org.constellation.local.command;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code constellation} command. */
@Command(
    name = "constellation",
    description = "Runs a Constellation network on this machine, and talks to it.",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Up.class,
      Down.class,
      Status.class,
      Logs.class,
      Start.class,
      Kill.class,
      StarCommand.class,
      Pay.class,
      Balance.class,
      Tx.class,
      GenesisCommand.class,
      MemberCommand.class,
      Verify.class,
      ImportCommand.class,
      BenchCommand.class,
      SimulateCommand.class,
      LoginCommand.class,
      ApiKeyCommand.class,
      CommandLine.HelpCommand.class,
    })
public final class Constellation {

  /**
   * Exit code 0 means done, 1 that it failed (said on standard error), 2 a misspelt command; the
   * script that starts it ends with 3 if it could not be built.
   */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Constellation())
        .setExecutionExceptionHandler(Constellation::explain);
  }

  // What went wrong is told in one line; whoever wants the trace asks for it.
  private static int explain(
      Exception problem, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().println(sentence(problem));
    if (System.getenv("CONSTELLATION_TRACE") != null) {
      problem.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String sentence(Exception problem) {
    return switch (problem) {
      // These say no more than the file's name.
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> denied.getFile() + " may not be opened by this user";
      default -> Optional.ofNullable(problem.getMessage()).orElseGet(problem::toString);
    };
  }
}
