package org.constellation.local.services;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.constellation.platform.provision.Card;
import org.constellation.platform.provision.CardFile;
import org.constellation.platform.provision.GenesisAssembly;
import org.constellation.platform.provision.Joining;
import org.constellation.platform.provision.OrganisationKeys;
import org.constellation.platform.provision.OrganisationPlan;
import org.constellation.platform.provision.ProvisioningRefused;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * What an organisation does before its services run, told by system properties as they are: {@code
 * constellation.services} is {@code member-init}, {@code genesis-assemble}, {@code genesis-show} or
 * {@code member-join}.
 */
final class OrganisationWork {

  static final String INIT = "member-init";
  static final String ASSEMBLE = "genesis-assemble";
  static final String SHOW = "genesis-show";
  static final String JOIN = "member-join";

  private static final String PARAMETER = "constellation.parameters.";

  private final LocalSettings.Lookup lookup;
  private final PrintStream out;

  /**
   * @param out what people are told
   */
  OrganisationWork(LocalSettings.Lookup lookup, PrintStream out) {
    this.lookup = lookup;
    this.out = out;
  }

  /** Whether there is such work. */
  static boolean isOne(String services) {
    return List.of(INIT, ASSEMBLE, SHOW, JOIN).contains(services);
  }

  /** Does what the properties say; the exit code is that of the reason if it is refused. */
  int run(PrintStream err) throws IOException {
    try {
      work();
      return 0;
    } catch (ProvisioningRefused e) {
      err.println(e.reason() + ": " + e.getMessage());
      return e.reason().exitCode();
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private void work() throws IOException, ProvisioningRefused {
    try {
      switch (required("services")) {
        case INIT -> init();
        case ASSEMBLE -> assemble();
        case SHOW -> show();
        case JOIN -> join();
        default -> throw new IllegalArgumentException("there is no such work");
      }
    } catch (NoSuchFileException e) {
      throw new ProvisioningRefused(Reason.FILE_UNUSABLE, e.getFile() + " is not there");
    } catch (FileSystemException e) {
      throw new ProvisioningRefused(
          Reason.FILE_UNUSABLE,
          "%s cannot be used: %s".formatted(e.getFile(), e.getClass().getSimpleName()));
    }
  }

  private void init() throws IOException, ProvisioningRefused {
    var settings = LocalSettings.of(lookup);
    var plan =
        new OrganisationPlan(
            required("organisation"),
            required("broker"),
            settings.facilitators(),
            settings.galaxies(),
            Boolean.parseBoolean(optional("treasury", "false")),
            LocalServices.keyed());
    var card = new OrganisationKeys(settings.files(), new SecureRandom()).make(plan);
    out.println("card         " + settings.files().card());
    tell(card);
    out.println(
        "Give the card to whoever assembles the genesis, and the fingerprint by another way.");
    out.println("Everything else in the directory stays there.");
  }

  private void assemble() throws IOException, ProvisioningRefused {
    var genesisFile = Path.of(required("out"));
    var sharesFile = Path.of(required("shares"));
    for (var file : List.of(genesisFile, sharesFile)) {
      if (Files.exists(file)) {
        throw new ProvisioningRefused(Reason.FILE_EXISTS, file + " is there already");
      }
    }
    var cards = new ArrayList<Card>();
    for (var file : required("cards").split(Pattern.quote(File.pathSeparator), -1)) {
      cards.add(CardFile.read(Path.of(file)));
    }
    var plan =
        new GenesisAssembly.Plan(
            optional("network", "constellation"), parameters(), time().toEpochMilli());
    var assembled = new GenesisAssembly(new SecureRandom()).assemble(cards, plan);
    Files.write(sharesFile, assembled.shares().toJson(), StandardOpenOption.CREATE_NEW);
    Files.write(genesisFile, assembled.genesis().bytes().toArray(), StandardOpenOption.CREATE_NEW);
    var genesis = assembled.genesis();
    out.println("network      " + genesis.network().toHex());
    out.println("name         " + genesis.name());
    out.println("made         " + Instant.ofEpochMilli(genesis.timeMillis()));
    cards.forEach(this::tell);
    tellHoldings("cluster c0", genesis.clusters().getFirst(), cards, false);
    tellHoldings("galaxy", genesis.galaxy(), cards, true);
    out.println("genesis      " + genesisFile);
    out.println("shares       " + sharesFile);
    out.println("Both are public. Whoever made them could have kept the coin of era 0.");
  }

  /** What brokers have to know of a network. */
  private void show() throws IOException {
    var file = Path.of(required("genesis"));
    var genesis =
        GenesisCodec.decode(Bytes.copyOf(Files.readAllBytes(file)))
            .toOptional()
            .orElseThrow(() -> new IllegalArgumentException(file + " is no genesis file"));
    out.println("name         " + genesis.name());
    out.println("clusters     " + genesis.clusters().size());
    genesis.brokers().forEach(this::tell);
  }

  private void join() throws IOException, ProvisioningRefused {
    var settings = LocalSettings.of(lookup);
    var joined =
        new Joining(settings.files(), new SecureRandom())
            .join(Path.of(required("genesis")), Path.of(required("shares")));
    LocalServices.publishKeeper(settings.files());
    out.println("network      " + joined.genesis().network().toHex());
    for (var member : joined.members()) {
      out.printf(
          "member       %s is %s of the network%n",
          member.directory().getFileName(), member.name());
    }
    joined.genesis().brokers().forEach(this::tell);
  }

  private void tell(Genesis.Broker broker) {
    out.printf("broker       %s %s%n", broker.organisation(), broker.bootstrapServers());
  }

  private void tell(Card card) {
    out.printf(
        Locale.ROOT,
        "organisation %s, broker %s, %d facilitators, %d galaxy members%s%n",
        card.organisation(),
        card.broker(),
        card.facilitators().size(),
        card.galaxyMembers().size(),
        card.treasury().isPresent() ? ", the treasury" : "");
    out.println("fingerprint  " + card.fingerprint());
  }

  private void tellHoldings(String layer, EraPlan plan, List<Card> cards, boolean galaxy) {
    var faulty = plan.faultyMax();
    out.printf(
        Locale.ROOT, "%s: %d members, of whom %d may fail%n", layer, plan.members().size(), faulty);
    for (var card : cards) {
      var seats = galaxy ? card.galaxyMembers() : card.facilitators();
      out.printf(
          Locale.ROOT,
          "  %s has %d%s%n",
          card.organisation(),
          seats.size(),
          seats.size() > faulty
              ? ": %s can stop the %s alone".formatted(card.organisation(), layer)
              : "");
    }
  }

  private Genesis.Parameters parameters() {
    var standard = Genesis.Parameters.DEFAULT;
    return new Genesis.Parameters(
        number("tick-millis", standard.tickMillis()),
        small("ticks-per-block-max", standard.ticksPerBlockMax()),
        number("validity-ticks-max", standard.validityTicksMax()),
        number("waiting-ticks-max", standard.waitingTicksMax()),
        small("open-holds-max", standard.openHoldsMax()),
        small("waiting-agreements-max", standard.waitingAgreementsMax()),
        number("idle-round-millis", standard.idleRoundMillis()),
        small("checkpoints-ahead-max", standard.checkpointsAheadMax()));
  }

  private int small(String name, int standard) {
    return Math.toIntExact(number(name, standard));
  }

  private long number(String name, long standard) {
    var told = lookup.property(PARAMETER + name);
    try {
      return told == null ? standard : Long.parseLong(told);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " is no number", e);
    }
  }

  private Instant time() {
    var told = lookup.property("constellation.time");
    return told == null ? Instant.now() : Instant.parse(told);
  }

  private String required(String name) {
    var told = optional(name, "");
    if (told.isEmpty()) {
      throw new IllegalArgumentException("constellation." + name + " is missing");
    }
    return told;
  }

  private String optional(String name, String otherwise) {
    var told = lookup.property("constellation." + name);
    return told == null || told.isEmpty() ? otherwise : told;
  }
}
