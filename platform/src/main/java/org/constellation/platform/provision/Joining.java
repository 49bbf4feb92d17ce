package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.coin.Dealing;
import org.constellation.consensus.coin.P256Point;
import org.constellation.consensus.coin.SecretShare;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.provision.Committees.NewMember;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.platform.security.SecretFile;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.GenesisCodec;

/**
 * An organisation takes its place in a network: it checks that the genesis is the one that it
 * showed its card for, takes its members' shares and makes their journals. All is checked before
 * anything is written, and the genesis file is written last: without it no service starts. An
 * attempt that was interrupted is completed by the next one; nothing is ever written over.
 */
public final class Joining {

  private final NetworkFiles files;
  private final OrganisationKeys keys;

  /** Joins with what {@code files}' directory holds. */
  public Joining(NetworkFiles files, SecureRandom random) {
    this.files = files;
    this.keys = new OrganisationKeys(files, random);
  }

  /**
   * One of this organisation's members in the network.
   *
   * @param directory of its files
   * @param name what the network calls it, for instance {@code galaxy-3}
   */
  public record Taken(Path directory, String name) {}

  /** The network, and this organisation's places in it. */
  public record Joined(Genesis genesis, List<Taken> members) {
    public Joined {
      members = List.copyOf(members);
    }
  }

  private record Ready(MemberFiles files, EraPlan plan, int index, Bytes sealed) {}

  /**
   * Joins.
   *
   * @param genesisFile made by whoever collected the cards
   * @param sharesFile the same
   * @throws ProvisioningRefused if they are not for this organisation; then nothing was written
   */
  public Joined join(Path genesisFile, Path sharesFile) throws IOException, ProvisioningRefused {
    var card = keys.existing();
    var genesis = genesis(genesisFile);
    if (Files.exists(files.genesis())
        && !Arrays.equals(Files.readAllBytes(files.genesis()), genesis.bytes().toArray())) {
      throw new ProvisioningRefused(
          Reason.JOINED_ANOTHER, files.root() + " has joined another network");
    }
    requireCard(genesis, card);
    requireConsistent(genesis.galaxy());
    for (var cluster : genesis.clusters()) {
      requireConsistent(cluster);
    }
    var shares = SealedShares.read(sharesFile);
    if (!shares.network().equals(genesis.network())) {
      throw new ProvisioningRefused(
          Reason.SHARES_FOREIGN,
          "the shares are of the network %s, the genesis is of %s"
              .formatted(shares.network(), genesis.network()));
    }
    var ready =
        new ArrayList<>(
            ready(genesis.clusters().getFirst(), card.facilitators(), files::facilitator, shares));
    ready.addAll(ready(genesis.galaxy(), card.galaxyMembers(), files::galaxyMember, shares));
    // Who has joined had a journal: one that is lost since is not made anew, or it would vote
    // twice.
    if (!Files.exists(files.genesis())) {
      for (var member : ready) {
        requireNoOtherJournal(member, genesis.network());
      }
      for (var member : ready) {
        write(member, genesis.network());
      }
      WholeFiles.publish(files.genesis(), genesis.bytes().toArray());
    }
    return new Joined(
        genesis,
        ready.stream()
            .map(
                member ->
                    new Taken(member.files().directory(), member.plan().nameOf(member.index())))
            .toList());
  }

  private static Genesis genesis(Path file) throws IOException, ProvisioningRefused {
    if (Files.size(file) > Genesis.BYTES_MAX) {
      throw new ProvisioningRefused(Reason.GENESIS_INVALID, file + " is too large for a genesis");
    }
    return switch (GenesisCodec.decode(Bytes.copyOf(Files.readAllBytes(file)))) {
      case Decoded.Valid<Genesis>(var genesis) -> genesis;
      case Decoded.Malformed<Genesis>(var reason, var detail) ->
          throw new ProvisioningRefused(
              Reason.GENESIS_INVALID,
              "%s is no genesis file: %s, %s".formatted(file, reason, detail));
    };
  }

  private static void requireCard(Genesis genesis, Card card) throws ProvisioningRefused {
    var named =
        genesis.brokers().stream()
            .filter(broker -> broker.organisation().equals(card.organisation()))
            .findFirst();
    requireNamed(named.isPresent(), "it does not name " + card.organisation());
    requireNamed(
        named.filter(card.home()::equals).isPresent(),
        "it has another broker for %s than %s".formatted(card.organisation(), card.broker()));
    requireSeats(genesis.clusters().getFirst(), card.facilitators());
    requireSeats(genesis.galaxy(), card.galaxyMembers());
    for (var seat : card.seats()) {
      requireNamed(
          genesis.stars().stream().anyMatch(star -> star.star().equals(seat.member().star())),
          "it gives a member's star no home");
    }
    for (var treasury : card.treasury().stream().toList()) {
      requireNamed(
          genesis.stars().stream()
              .anyMatch(
                  star ->
                      star.star().equals(treasury.star())
                          && star.balance() == NetworkPlan.TREASURY_NO0S),
          "it does not give all no0s to the treasury of " + card.organisation());
    }
  }

  private static void requireSeats(EraPlan plan, List<Card.Seat> seats) throws ProvisioningRefused {
    for (var seat : seats) {
      requireNamed(
          plan.members().contains(seat.member()),
          "its committee %s lacks the member %s… as the card has it"
              .formatted(plan.committee(), seat.member().operationalKey()));
    }
  }

  private static void requireNamed(boolean kept, String complaint) throws ProvisioningRefused {
    if (!kept) {
      throw new ProvisioningRefused(
          Reason.GENESIS_FOREIGN, "the genesis file is not for this organisation: " + complaint);
    }
  }

  /** Each committee needs one coin, also where this organisation has no member. */
  private static void requireConsistent(EraPlan plan) throws IOException, ProvisioningRefused {
    var publicKey = P256Point.decode(plan.keySet().publicKey().toArray());
    if (publicKey.isEmpty()
        || plan.keySet().threshold() != plan.faultyMax()
        || !Dealing.isOfOnePolynomial(MemberFiles.keysOf(plan), publicKey.get())) {
      throw new ProvisioningRefused(
          Reason.COIN_INCONSISTENT,
          "the public shares of %s make no one coin for all".formatted(plan.committee()));
    }
  }

  private static List<Ready> ready(
      EraPlan plan, List<Card.Seat> seats, IntFunction<Path> directory, SealedShares shares)
      throws IOException, ProvisioningRefused {
    var ready = new ArrayList<Ready>();
    for (var number = 1; number <= seats.size(); number++) {
      var member = new MemberFiles(directory.apply(number));
      var own = member.keys();
      var index = plan.members().indexOf(own.seat());
      var sealed = shares.of(plan.committee().toString(), own.seat().operationalKey());
      if (sealed.isEmpty()) {
        throw wrong(own.seat(), "has no share in the file");
      }
      requireFitting(plan, index, own, sealed.get());
      ready.add(new Ready(member, plan, index, sealed.get()));
    }
    return ready;
  }

  private static void requireFitting(EraPlan plan, int index, NewMember own, Bytes sealed)
      throws IOException, ProvisioningRefused {
    var context = MemberFiles.shareContext(plan, own.seat().operationalKey());
    var opened = own.agreement().open(sealed.toArray(), context);
    if (opened.isEmpty()) {
      throw wrong(own.seat(), "cannot open its share: it was sealed for somebody else");
    }
    var publicShare = MemberFiles.keysOf(plan).of(new MemberIndex(index)).publicShare();
    try {
      if (SecretShare.of(opened.get()).publicShare().equals(publicShare)) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // No number below the order: as wrong as another's.
    }
    throw wrong(own.seat(), "got a share that does not fit the genesis file");
  }

  private static ProvisioningRefused wrong(CommitteeMember member, String complaint) {
    return new ProvisioningRefused(
        Reason.SHARE_WRONG, "the member %s… %s".formatted(member.operationalKey(), complaint));
  }

  /** A journal is bound to its network, and says to which before anything else is written. */
  private void requireNoOtherJournal(Ready member, Hash network)
      throws ProvisioningRefused, IOException {
    if (!Files.exists(member.files().journal())) {
      return;
    }
    try {
      Journal.open(Disk.LOCAL, member.files().journal(), owner(member, network)).journal().close();
    } catch (JournalUnusable e) {
      throw new ProvisioningRefused(
          Reason.JOINED_ANOTHER,
          "%s began to join another network: %s".formatted(files.root(), e.getMessage()));
    }
  }

  private static Owner owner(Ready member, Hash network) {
    var key = member.plan().members().get(member.index()).operationalKey();
    return new Owner(network, key);
  }

  private static void write(Ready member, Hash network) throws IOException {
    var journal = member.files().journal();
    if (!Files.exists(journal)) {
      var draft = journal.resolveSibling("journal.draft");
      // What an interrupted attempt left; nobody has opened it.
      WholeFiles.discard(draft);
      try {
        Journal.create(Disk.LOCAL, draft, owner(member, network));
      } catch (JournalUnusable e) {
        throw new IOException(e);
      }
      Files.move(draft, journal, StandardCopyOption.ATOMIC_MOVE);
      WholeFiles.syncDirectoryOf(journal);
    }
    WholeFiles.keep(member.files().coinShareFile(), member.sealed().toArray());
    if (!Arrays.equals(
        SecretFile.read(member.files().coinShareFile()), member.sealed().toArray())) {
      throw new IOException(member.files().coinShareFile() + " holds another share");
    }
  }
}
