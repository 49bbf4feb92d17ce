package org.constellation.local.network;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an organisation does before its services run, in a JVM with their class path: makes its keys
 * and card, assembles a genesis, joins. Its words are the user's, and its exit code the command's.
 */
public final class OrganisationProcess {

  private static final String HEAP = "-Xmx256m";

  private final Installation installation;
  private final Map<String, String> properties = new TreeMap<>();

  private OrganisationProcess(Installation installation, String work) {
    this.installation = installation;
    properties.put("constellation.services", work);
  }

  /** Makes the keys of the organisation {@code home} in {@code data}, unless they are there. */
  public static OrganisationProcess init(
      Installation installation, DataDirectory data, Shape shape, Shape.Home home) {
    return new OrganisationProcess(installation, "member-init")
        .with("data", data.root().toString())
        .with("facilitators", Integer.toString(shape.facilitators()))
        .with("galaxies", Integer.toString(shape.galaxies()))
        .with("organisation", home.organisation())
        .with("broker", home.broker());
  }

  /** Makes a genesis out of cards. */
  public static OrganisationProcess assemble(Installation installation) {
    return new OrganisationProcess(installation, "genesis-assemble");
  }

  /** Has the organisation in {@code data} take its place in a network. */
  public static OrganisationProcess join(Installation installation, DataDirectory data) {
    return new OrganisationProcess(installation, "member-join")
        .with("data", data.root().toString());
  }

  /** The same, told this, too: {@code constellation.NAME}. */
  public OrganisationProcess with(String name, String value) {
    properties.put("constellation." + name, value);
    return this;
  }

  /**
   * Runs it to its end.
   *
   * @return its exit code
   */
  public int run(PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
    var options = new ArrayList<>(List.of(HEAP, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    installation.learnt().ifPresent(cache -> options.add("-XX:AOTCache=" + cache));
    options.add("-Duser.timezone=UTC");
    properties.forEach((key, value) -> options.add("-D" + key + "=" + value));
    var command =
        installation.jvm(installation.services(), options, ServicesProcess.MAIN, List.of());
    var process = new ProcessBuilder(command).start();
    process.getOutputStream().close();
    var errors = Thread.startVirtualThread(() -> copy(process.errorReader(), err));
    copy(process.inputReader(), out);
    errors.join();
    return process.waitFor();
  }

  private static void copy(Reader from, PrintWriter to) {
    try (from) {
      from.transferTo(to);
      to.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
