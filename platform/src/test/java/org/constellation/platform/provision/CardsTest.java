package org.constellation.platform.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.wire.GenesisCodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Organisations that do not trust each other make a network out of cards. */
class CardsTest {

  private static final GenesisAssembly.Plan PLAN =
      new GenesisAssembly.Plan("two", Genesis.Parameters.DEFAULT, 1_000);

  private final SecureRandom random = new SecureRandom();
  @TempDir private Path root;
  private Path genesisFile;
  private Path sharesFile;
  private Card umai;
  private Card other;

  @BeforeEach
  void showCards() throws Exception {
    genesisFile = root.resolve("genesis.bin");
    sharesFile = root.resolve("shares.json");
    umai = init("umai", true);
    other = init("other", false);
  }

  @Test
  void makesANetworkInWhichEveryMemberTakesItsSeat() throws Exception {
    var genesis = assemble(umai, other).genesis();

    assertThat(genesis.brokers()).containsExactly(other.home(), umai.home());
    assertThat(genesis.stars()).hasSize(9);
    for (var organisation : List.of("umai", "other")) {
      var joined = joining(organisation).join(genesisFile, sharesFile);
      assertThat(joined.members()).hasSize(4);
      var files = files(organisation);
      for (var number = 1; number <= 2; number++) {
        takesItsSeat(genesis, genesis.clusters().getFirst(), files.facilitator(number));
        takesItsSeat(genesis, genesis.galaxy(), files.galaxyMember(number));
      }
      assertThat(Files.readAllBytes(files.genesis())).isEqualTo(genesis.bytes().toArray());
    }
  }

  private static void takesItsSeat(Genesis genesis, EraPlan plan, Path directory) throws Exception {
    var member = new MemberFiles(directory);
    var key = member.operationalKey().publicKey();
    var index = plan.members().indexOf(plan.seat(key).orElseThrow());
    var scope = new CoinScope("two", 1, 0, plan.keySet().id(), 0, 1);
    assertThat(member.coin(plan, index).toss(scope.name(0, 0))).isNotNull();
    var opened = Journal.open(Disk.LOCAL, member.journal(), new Owner(genesis.network(), key));
    try (var _ = opened.journal()) {
      assertThat(opened.records()).isEmpty();
    }
  }

  @Test
  void changesNoKeyHoweverOftenItIsAsked() throws Exception {
    var before = secrets("umai");

    assertThat(init("umai", true)).isEqualTo(umai);
    assertThat(secrets("umai")).isEqualTo(before);

    // A card that was given away, not copied, is made again of the same keys.
    Files.delete(files("umai").card());
    assertThat(init("umai", true).fingerprint()).isEqualTo(umai.fingerprint());
    assertThat(secrets("umai")).isEqualTo(before);
  }

  @Test
  void completesWhatWasInterrupted() throws Exception {
    var files = files("umai");
    Files.delete(files.card());
    Files.delete(files.masterKey());
    var lost = new MemberFiles(files.galaxyMember(2)).agreementKeyFile();
    Files.delete(lost);
    Files.writeString(lost.resolveSibling("agreement.key.draft"), "torn");

    init("umai", true).check(Ed25519.best());

    assertThat(files.masterKey()).exists();
  }

  @Test
  void refusesOtherWordsThanThoseOfTheCard() {
    refused(Reason.KEYS_OTHERWISE, () -> init("umai", false));
    refused(Reason.KEYS_OTHERWISE, () -> keys("umai").make(plan("uma", "h:1", 2, 2, true)));
    refused(Reason.KEYS_OTHERWISE, () -> keys("umai").make(plan("umai", "h:1", 2, 2, true)));
    refused(Reason.KEYS_OTHERWISE, () -> keys("umai").make(plan("umai", "umai:9092", 3, 2, true)));
  }

  @Test
  void losesNoKeyOfWhomTheCardIsGone() throws Exception {
    Files.delete(files("umai").card());
    refused(Reason.KEYS_OTHERWISE, () -> keys("umai").make(plan("umai", "umai:9092", 1, 2, true)));
    refused(Reason.KEYS_OTHERWISE, () -> keys("umai").make(plan("umai", "umai:9092", 2, 2, false)));
  }

  @Test
  void makesNoLocalNetworkOverAnOrganisationsKeys() throws Exception {
    var before = secrets("umai");
    var local =
        new NetworkPlan("local", 4, 4, Genesis.Parameters.DEFAULT, 1, List.of("star-service"));

    assertThatThrownBy(() -> new Provisioning(files("umai"), random).provision(local))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("organisation's keys");
    assertThat(secrets("umai")).isEqualTo(before);
  }

  @Test
  void showsSecretsToTheirOwnerOnlyAndNoneOnTheCard() throws Exception {
    var card = Files.readString(files("umai").card());
    for (var secret : secrets("umai").entrySet()) {
      var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(secret.getKey()));
      assertThat(mode).as("%s", secret.getKey()).isEqualTo("rw-------");
      assertThat(card).doesNotContain(secret.getValue());
    }
    assertThat(secrets("umai")).hasSize(4 * 3 + 4 + 2);
    assertThat(CardFile.read(files("umai").card())).isEqualTo(umai);
    assertThat(umai.fingerprint()).matches("([0-9a-f]{4} ){5}[0-9a-f]{4}");
  }

  @Test
  void refusesACardThatAnyBitOfWasChanged() throws Exception {
    var card = Files.readString(files("umai").card());
    var changes =
        Map.of(
            "umai:9092",
            "evil:9092",
            "\"umai\"",
            "\"uma1\"",
            umai.facilitators().getFirst().member().operationalKey().toHex(),
            other.facilitators().getFirst().member().operationalKey().toHex(),
            umai.galaxyMembers().getFirst().member().star().toString(),
            other.galaxyMembers().getFirst().member().star().toString(),
            umai.galaxyMembers().getFirst().operationalProof().toHex(),
            other.galaxyMembers().getFirst().operationalProof().toHex());
    for (var change : changes.entrySet()) {
      assertThat(card).contains(change.getKey());
      refusesCard(card.replace(change.getKey(), change.getValue()));
    }
    for (var proof : List.of("operationalProof", "walletProof", "agreementProof", "proof")) {
      refusesCard(card.replaceFirst("\"" + proof + "\" : \"..", "\"" + proof + "\" : \"00"));
    }
    refusesCard(card.replaceFirst("(\"fingerprint\" : \").{4}", "$10000"));
    refusesCard("");
    refusesCard("[]");
    refusesCard(card + card);
    refusesCard(card.replace("\"card\" : 1", "\"card\" : 2"));
    refusesCard(card.replace("\"card\" : 1", "\"card\" : 1, \"more\" : 1"));
    refusesCard(card.replace("\"card\" : 1", "\"card\" : 1, \"card\" : 1"));
  }

  private void refusesCard(String text) throws IOException {
    var file = Files.writeString(root.resolve("changed.json"), text);
    refused(Reason.CARD_INVALID, () -> assemble(CardFile.read(file), other));
  }

  /** Whoever has only the text of a card can make one that reads well, but cannot sign it. */
  @Test
  void refusesAKeyThatDidNotSignTheCardItStandsOn() {
    var stolen =
        new Card(
            "thief", "thief:9092", umai.facilitators(), umai.galaxyMembers(), Optional.empty());
    refused(Reason.CARD_INVALID, () -> assemble(stolen, other));
    var taken =
        new Card(
            other.organisation(),
            other.broker(),
            other.facilitators(),
            other.galaxyMembers(),
            umai.treasury());
    refused(Reason.CARD_INVALID, () -> assemble(umai, taken));
    var moved =
        new Card(
            other.organisation(),
            "evil:9092",
            other.facilitators(),
            other.galaxyMembers(),
            Optional.empty());
    refused(Reason.CARD_INVALID, () -> assemble(umai, moved));
    for (var broker : List.of("evil", "evil:", "evil:9092,", "a b:1", "")) {
      var card =
          new Card(
              other.organisation(),
              broker,
              other.facilitators(),
              other.galaxyMembers(),
              Optional.empty());
      refused(Reason.CARD_INVALID, () -> assemble(umai, card));
    }
  }

  @Test
  void refusesCardsThatMakeNoNetworkTogether() throws Exception {
    refused(Reason.CARD_TWICE, () -> assemble(umai, umai));
    var namesake =
        new OrganisationKeys(new NetworkFiles(root.resolve("namesake")), random)
            .make(plan("umai", "umai:9092", 2, 2, false));
    refused(Reason.CARD_TWICE, () -> assemble(umai, namesake));
    var lodger =
        new OrganisationKeys(new NetworkFiles(root.resolve("lodger")), random)
            .make(plan("lodger", umai.broker(), 2, 2, false));
    refused(Reason.CARD_TWICE, () -> assemble(umai, lodger));
    refused(Reason.COMMITTEE_SIZE, () -> assemble(umai));
    refused(Reason.TREASURY_NOT_ONE, () -> assemble(other));
    var third = init("third", true);
    refused(Reason.TREASURY_NOT_ONE, () -> assemble(umai, other, third));

    // The same keys under another name.
    var again = new NetworkFiles(root.resolve("again"));
    Files.createDirectories(again.root());
    copy(files("umai").root().resolve("members"), again.root().resolve("members"));
    var twin = new OrganisationKeys(again, random).make(plan("twin", "twin:9092", 2, 2, false));
    refused(Reason.CARD_TWICE, () -> assemble(umai, twin));
  }

  @Test
  void refusesANameThatTopicsCannotHave() {
    var plan = new GenesisAssembly.Plan("No Name", Genesis.Parameters.DEFAULT, 1_000);
    refused(
        Reason.GENESIS_INVALID,
        () -> new GenesisAssembly(random).assemble(List.of(umai, other), plan));
  }

  /** All but the coin follows from the cards. */
  @Test
  void isTheSameInWhateverOrderCardsCome() throws Exception {
    var one = assemble(umai, other).genesis();
    var two = assemble(other, umai).genesis();

    assertThat(two.galaxy().members()).isEqualTo(one.galaxy().members());
    assertThat(two.stars()).isEqualTo(one.stars());
    assertThat(two.brokers()).isEqualTo(one.brokers());
    assertThat(two.network()).isNotEqualTo(one.network());
  }

  @Test
  void joinsNoNetworkThatItsCardIsNotIn() throws Exception {
    var third = init("third", false);
    assemble(umai, third);
    refused(Reason.GENESIS_FOREIGN, () -> joining("other").join(genesisFile, sharesFile));
    assertUntouched("other");

    Files.write(genesisFile, new byte[] {1, 2, 3});
    refused(Reason.GENESIS_INVALID, () -> joining("umai").join(genesisFile, sharesFile));
    Files.delete(files("umai").card());
    refused(Reason.KEYS_MISSING, () -> joining("umai").join(genesisFile, sharesFile));
  }

  /** A genesis that says of others what their cards do not say. */
  @Test
  void joinsNoNetworkThatNamesItOtherwise() throws Exception {
    var made = assemble(umai, other);
    var genesis = made.genesis();
    var brokers = List.of(other.home(), new Genesis.Broker("umai", "evil:9092"));
    joinsNot(Reason.GENESIS_FOREIGN, made, genesis.galaxy(), brokers);

    var third = init("third", false);
    var replaced =
        new GenesisAssembly(random).assemble(List.of(init("fourth", true), third), PLAN).genesis();
    joinsNot(Reason.GENESIS_FOREIGN, made, replaced.galaxy(), genesis.brokers());
  }

  /** Shares of different polynomials let members see different coins. */
  @Test
  void joinsNoNetworkWhoseCoinIsNotOneForAll() throws Exception {
    var made = assemble(umai, other);
    var plan = made.genesis().galaxy();
    var keys = plan.keySet();
    var shares = new ArrayList<>(keys.publicShares());
    Collections.swap(shares, 0, 1);
    for (var wrong :
        List.of(
            new KeySet(keys.id(), 1, keys.publicKey(), shares, keys.indexTable()),
            new KeySet(keys.id(), 1, shares.getFirst(), keys.publicShares(), keys.indexTable()),
            new KeySet(keys.id(), 2, keys.publicKey(), keys.publicShares(), keys.indexTable()))) {
      var galaxy = new EraPlan(plan.committee(), 0, plan.members(), wrong, 0);
      joinsNot(Reason.COIN_INCONSISTENT, made, galaxy, made.genesis().brokers());
    }
  }

  private void joinsNot(
      Reason reason, GenesisAssembly.Assembled made, EraPlan galaxy, List<Genesis.Broker> brokers)
      throws IOException {
    var genesis = made.genesis();
    var changed =
        GenesisCodec.genesis(
            "two",
            genesis.parameters(),
            galaxy,
            genesis.clusters(),
            genesis.stars(),
            brokers,
            1_000);
    Files.write(genesisFile, changed.bytes().toArray());
    Files.write(sharesFile, new SealedShares(changed.network(), made.shares().shares()).toJson());
    refused(reason, () -> joining("umai").join(genesisFile, sharesFile));
    assertUntouched("umai");
  }

  @Test
  void takesNoShareThatIsNotItsOwn() throws Exception {
    var another = assemble(umai, other).genesis().network();
    var made = assemble(umai, other);
    var network = made.genesis().network();
    var shares = made.shares().shares();

    var swapped = new ArrayList<>(shares);
    for (var index = 0; index < shares.size(); index++) {
      var next = shares.get((index + 1) % shares.size());
      var share = shares.get(index);
      swapped.set(index, new SealedShares.Share(share.committee(), share.member(), next.sealed()));
    }
    takesNot(Reason.SHARE_WRONG, new SealedShares(network, swapped));
    takesNot(Reason.SHARE_WRONG, new SealedShares(network, List.of()));
    takesNot(
        Reason.SHARE_WRONG,
        new SealedShares(
            network,
            shares.stream()
                .map(
                    share -> new SealedShares.Share(share.committee(), share.member(), Bytes.EMPTY))
                .toList()));
    takesNot(Reason.SHARES_FOREIGN, new SealedShares(another, shares));
    Files.writeString(sharesFile, "{}");
    refused(Reason.SHARES_FOREIGN, () -> joining("umai").join(genesisFile, sharesFile));
  }

  private void takesNot(Reason reason, SealedShares shares) throws IOException {
    Files.write(sharesFile, shares.toJson());
    refused(reason, () -> joining("umai").join(genesisFile, sharesFile));
    assertUntouched("umai");
  }

  /** A dealer seals a number that belongs to another member, to the right key. */
  @Test
  void takesNoShareThatDoesNotFitThePlan() throws Exception {
    var made = assemble(umai, other);
    var genesis = made.genesis();
    var keys = genesis.galaxy().keySet();
    var wrong =
        new KeySet(
            keys.id(),
            keys.threshold(),
            keys.publicKey(),
            keys.publicShares(),
            List.of(2, 1, 4, 3));
    var galaxy = new EraPlan(genesis.galaxy().committee(), 0, genesis.galaxy().members(), wrong, 0);
    joinsNot(Reason.SHARE_WRONG, made, galaxy, genesis.brokers());
  }

  @Test
  void joinsOnceAndGoesOnWhereItWasInterrupted() throws Exception {
    assemble(umai, other);
    joining("umai").join(genesisFile, sharesFile);
    var before = secrets("umai");

    joining("umai").join(genesisFile, sharesFile);
    assertThat(secrets("umai")).isEqualTo(before);

    // As after a stop in the middle.
    var files = files("umai");
    Files.delete(files.genesis());
    var member = new MemberFiles(files.galaxyMember(2));
    Files.delete(member.coinShareFile());
    Files.move(member.journal(), member.journal().resolveSibling("journal.draft"));
    joining("umai").join(genesisFile, sharesFile);
    assertThat(secrets("umai").keySet()).isEqualTo(before.keySet());
    assertThat(member.journal()).isNotEmptyDirectory();

    assemble(umai, other);
    refused(Reason.JOINED_ANOTHER, () -> joining("umai").join(genesisFile, sharesFile));
    Files.delete(files.genesis());
    refused(Reason.JOINED_ANOTHER, () -> joining("umai").join(genesisFile, sharesFile));
    assertThat(files.genesis()).doesNotExist();
  }

  @Test
  void makesNoNewJournalForOneThatIsLost() throws Exception {
    assemble(umai, other);
    joining("umai").join(genesisFile, sharesFile);
    var journal = new MemberFiles(files("umai").galaxyMember(1)).journal();
    Files.move(journal, root.resolve("lost"));

    joining("umai").join(genesisFile, sharesFile);

    assertThat(journal).doesNotExist();
  }

  @Test
  void findsOutThatKeysAreNotThoseOfTheCard() throws Exception {
    assemble(umai, other);
    var files = files("umai");
    var file = new MemberFiles(files.facilitator(1)).walletKeyFile();
    Files.delete(file);
    Files.copy(new MemberFiles(files.facilitator(2)).walletKeyFile(), file);

    refused(Reason.KEYS_MISSING, () -> joining("umai").join(genesisFile, sharesFile));
    refused(Reason.KEYS_MISSING, () -> init("umai", true));
  }

  @Test
  void endsWithACodeThatThePageNames() throws Exception {
    var page = Files.readString(Path.of("..", "docs", "deployment.md"));
    for (var reason : Reason.values()) {
      assertThat(page).contains("| %d | `%s` | ".formatted(reason.exitCode(), reason));
    }
    assertThat(Stream.of(Reason.values()).map(Reason::exitCode)).doesNotHaveDuplicates();
  }

  private void assertUntouched(String organisation) {
    var files = files(organisation);
    assertThat(files.genesis()).doesNotExist();
    assertThat(new MemberFiles(files.galaxyMember(1)).journal()).doesNotExist();
    assertThat(new MemberFiles(files.facilitator(1)).coinShareFile()).doesNotExist();
  }

  private static void refused(Reason reason, ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            ProvisioningRefused.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private GenesisAssembly.Assembled assemble(Card... cards)
      throws IOException, ProvisioningRefused {
    var made = new GenesisAssembly(random).assemble(List.of(cards), PLAN);
    Files.write(genesisFile, made.genesis().bytes().toArray());
    Files.write(sharesFile, made.shares().toJson());
    return made;
  }

  private Card init(String organisation, boolean treasury) throws IOException, ProvisioningRefused {
    return keys(organisation).make(plan(organisation, organisation + ":9092", 2, 2, treasury));
  }

  private static OrganisationPlan plan(
      String organisation, String broker, int facilitators, int galaxies, boolean treasury) {
    return new OrganisationPlan(
        organisation,
        broker,
        facilitators,
        galaxies,
        treasury,
        List.of("star-service", "blackhole-ledger"));
  }

  private NetworkFiles files(String organisation) {
    return new NetworkFiles(root.resolve(organisation));
  }

  private OrganisationKeys keys(String organisation) {
    return new OrganisationKeys(files(organisation), random);
  }

  private Joining joining(String organisation) {
    return new Joining(files(organisation), random);
  }

  private Map<Path, String> secrets(String organisation) throws IOException {
    var secrets = new TreeMap<Path, String>();
    try (var walk = Files.walk(files(organisation).root())) {
      for (var file : walk.filter(Files::isRegularFile).toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(".key") || name.endsWith(".token") || name.endsWith(".share")) {
          secrets.put(file, HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    }
    return secrets;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var walk = Files.walk(from)) {
      for (var path : walk.sorted().toList()) {
        Files.copy(
            path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
