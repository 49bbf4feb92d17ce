package org.constellation.local.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.gateway.ContractGatewayApplication;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.provision.NetworkFiles;
import org.constellation.star.StarServiceApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Which contexts there are, and what each is told beyond its own configuration. */
final class ServiceContexts {

  /** What runs every service. */
  static final String ALL = "all";

  /** All members of a committee share a service's context, or each has a process of its own. */
  private static final Pattern MEMBER = Pattern.compile("(facilitator|galaxy)-([1-9][0-9]{0,2})");

  /** Services with something that only operators may. */
  static final Set<String> OPERATED =
      Set.of(StarServiceApplication.NAME, BlackholeLedgerApplication.NAME);

  private static final String GATEWAY_ENABLED = "spring.cloud.gateway.server.webmvc.enabled";

  private final LocalSettings settings;

  ServiceContexts(LocalSettings settings) {
    this.settings = settings;
  }

  /** The services of a network, in the order in which they are best started. */
  static List<String> services() {
    return List.of(
        StarServiceApplication.NAME,
        ClusterConsensusApplication.NAME,
        GalaxyServiceApplication.NAME,
        BlackholeLedgerApplication.NAME,
        ContractGatewayApplication.NAME);
  }

  /**
   * What is to be started.
   *
   * @throws IllegalArgumentException if there is no such service or member
   * @throws IOException if a key that one of them must know cannot be read
   */
  List<ServiceContext> contexts() throws IOException {
    if (!settings.services().equals(ALL)) {
      return List.of(context(settings.services()));
    }
    var all = new ArrayList<ServiceContext>();
    for (var service : services()) {
      all.add(context(service));
    }
    return List.copyOf(all);
  }

  private ServiceContext context(String name) throws IOException {
    var files = settings.files();
    var member = MEMBER.matcher(name);
    if (member.matches()) {
      var number = Integer.parseInt(member.group(2));
      return member.group(1).equals("galaxy")
          ? galaxy(name, List.of(files.galaxyMember(number)))
          : cluster(name, List.of(files.facilitator(number)));
    }
    return switch (name) {
      case StarServiceApplication.NAME -> star(name);
      case ClusterConsensusApplication.NAME -> cluster(name, existing(files::facilitator));
      case GalaxyServiceApplication.NAME -> galaxy(name, existing(files::galaxyMember));
      case BlackholeLedgerApplication.NAME ->
          context(
              name,
              BlackholeLedgerApplication::application,
              Map.of("constellation.blackhole.key-file", files.serviceKey(name).toString()));
      case ContractGatewayApplication.NAME ->
          context(name, ContractGatewayApplication::application, upstreams());
      default -> throw new IllegalArgumentException("there is no service " + name);
    };
  }

  /** The members that provisioning made, however many the network has. */
  private static List<Path> existing(IntFunction<Path> directory) {
    var all = new ArrayList<Path>();
    for (var number = 1; Files.isDirectory(directory.apply(number)); number++) {
      all.add(directory.apply(number));
    }
    return all;
  }

  private ServiceContext star(String name) {
    var files = settings.files();
    var told = new TreeMap<String, String>();
    told.put("constellation.star.service-key-file", files.serviceKey(name).toString());
    told.put("constellation.security.master-key-file", files.masterKey().toString());
    // Of several organisations, one has it.
    if (Files.exists(files.treasuryKey())) {
      told.put("constellation.star.treasury-key-file", files.treasuryKey().toString());
      told.put("constellation.star.treasury-token-file", files.treasuryHash().toString());
    }
    return context(name, StarServiceApplication::application, told);
  }

  private ServiceContext cluster(String name, List<Path> members) {
    return context(
        name,
        ClusterConsensusApplication::application,
        numbered("constellation.cluster-consensus.members", members));
  }

  private ServiceContext galaxy(String name, List<Path> members) throws IOException {
    var more = new TreeMap<>(numbered("constellation.galaxy.members", members));
    more.put("constellation.galaxy.keeper-key", keeper(settings.files()));
    return context(name, GalaxyServiceApplication::application, more);
  }

  /** The public key of the network's blackhole-ledger, as galaxy members are told it. */
  static String keeper(NetworkFiles files) throws IOException {
    var keeper = MemberFiles.signingKey(files.serviceKey(BlackholeLedgerApplication.NAME));
    return HexFormat.of().formatHex(keeper.publicKey().toBytes());
  }

  /** Where the front door finds the others; its own configuration where nothing is said. */
  private Map<String, String> upstreams() {
    var upstreams = new TreeMap<String, String>();
    // Off in every other context of this class path.
    upstreams.put(GATEWAY_ENABLED, "true");
    // All who ask are on this machine, and share its address.
    upstreams.put("constellation.gateway.connections-per-address-max", "0");
    for (var service : services()) {
      if (!service.equals(ContractGatewayApplication.NAME)) {
        var servers = servers(service);
        for (var index = 0; index < servers.size(); index++) {
          var property = "constellation.gateway.upstreams." + service + "[" + index + "]";
          upstreams.put(property + ".name", servers.get(index).name());
          upstreams.put(property + ".address", "http://127.0.0.1:" + servers.get(index).port());
          upstreams.put(
              property + ".management", "http://127.0.0.1:" + servers.get(index).management());
        }
      }
    }
    return upstreams;
  }

  private record Server(String name, int port, int management) {}

  /** The one that was told for the whole service, or those of its members. */
  private List<Server> servers(String service) {
    var names =
        switch (service) {
          case ClusterConsensusApplication.NAME -> members("facilitator", settings.facilitators());
          case GalaxyServiceApplication.NAME -> members("galaxy", settings.galaxies());
          default -> List.<String>of();
        };
    var own = told(List.of(service));
    return own.isEmpty() ? told(names) : own;
  }

  private List<Server> told(List<String> names) {
    var told = new ArrayList<Server>();
    for (var name : names) {
      settings
          .port(name)
          .ifPresent(
              port -> told.add(new Server(name, port, settings.managementPort(name).orElse(port))));
    }
    return told;
  }

  private static List<String> members(String kind, int count) {
    return IntStream.rangeClosed(1, count).mapToObj(number -> kind + "-" + number).toList();
  }

  private static Map<String, String> numbered(String property, List<Path> values) {
    var numbered = new TreeMap<String, String>();
    for (var index = 0; index < values.size(); index++) {
      numbered.put(property + "[" + index + "]", values.get(index).toString());
    }
    return numbered;
  }

  private ServiceContext context(
      String name, Supplier<SpringApplicationBuilder> application, Map<String, String> more) {
    var all = new TreeMap<>(more);
    all.putIfAbsent(GATEWAY_ENABLED, "false");
    all.put("constellation.genesis-file", settings.files().genesis().toString());
    if (OPERATED.contains(name)) {
      all.put(
          "constellation.security.operator-token-file", settings.files().operatorHash().toString());
    }
    // Whoever reaches this machine's loopback interface may do everything a user may, and fast.
    all.put("constellation.security.open-custody", "true");
    all.put("constellation.web.requests-per-second", "0");
    all.put("constellation.login.keys-file", settings.files().loginKeys().toString());
    all.put("server.address", "127.0.0.1");
    all.put("management.server.address", "127.0.0.1");
    settings.port(name).ifPresent(port -> all.put("server.port", port.toString()));
    settings
        .managementPort(name)
        .ifPresent(port -> all.put("management.server.port", port.toString()));
    return new ServiceContext(name, application, all);
  }
}
