package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.constellation.platform.provision.Committees.NewMember;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;

/**
 * Makes an organisation's keys, which never leave its directory, and the card that it shows. A key
 * that is there is never changed: an interrupted attempt is completed by the next one.
 */
public final class OrganisationKeys {

  private final NetworkFiles files;
  private final SecureRandom random;
  private final Committees committees;

  /** Makes keys in {@code files}' directory. */
  public OrganisationKeys(NetworkFiles files, SecureRandom random) {
    this.files = files;
    this.random = random;
    this.committees = new Committees(random, Ed25519.best());
  }

  /**
   * Makes what is not there yet.
   *
   * @return the card, which is also in the directory
   * @throws ProvisioningRefused if there are keys that were made with other words
   */
  public Card make(OrganisationPlan plan) throws IOException, ProvisioningRefused {
    Organisations.requireName(plan.organisation());
    Organisations.requireBroker(plan.broker());
    if (Files.exists(files.card())) {
      var card = existing();
      requireSame(card, plan);
      return card;
    }
    if (Files.exists(files.genesis())) {
      throw otherwise("a network was made there");
    }
    requireNone(files.facilitator(plan.facilitators() + 1));
    requireNone(files.galaxyMember(plan.galaxyMembers() + 1));
    if (!plan.treasury()) {
      requireNone(files.treasuryKey());
    }
    var facilitators = members(files::facilitator, plan.facilitators());
    var galaxyMembers = members(files::galaxyMember, plan.galaxyMembers());
    WholeFiles.keep(files.masterKey(), secret());
    for (var service : plan.services()) {
      WholeFiles.keep(files.serviceKey(service), secret());
    }
    if (plan.treasury()) {
      WholeFiles.keep(files.treasuryKey(), secret());
    }
    Tokens.settle(files, random);
    var card = card(plan, facilitators, galaxyMembers);
    WholeFiles.publish(files.card(), CardFile.write(card));
    return card;
  }

  /**
   * The card of the keys that are there.
   *
   * @throws ProvisioningRefused if there is none, or keys are missing or others
   */
  public Card existing() throws IOException, ProvisioningRefused {
    if (!Files.exists(files.card())) {
      throw new ProvisioningRefused(
          Reason.KEYS_MISSING,
          "there is no card in %s: `member init` makes it".formatted(files.root()));
    }
    var card = CardFile.read(files.card());
    card.check(Ed25519.best());
    requireKeys(card.facilitators(), files::facilitator);
    requireKeys(card.galaxyMembers(), files::galaxyMember);
    if (card.treasury().isPresent()
        && !MemberFiles.signingKey(files.treasuryKey())
            .publicKey()
            .equals(card.treasury().get().star().key())) {
      throw missing(files.treasuryKey());
    }
    return card;
  }

  /** Members' places on the card are not their numbers here, which only people use. */
  private void requireKeys(List<Card.Seat> seats, IntFunction<Path> directory)
      throws IOException, ProvisioningRefused {
    var here = new ArrayList<>(seats.stream().map(Card.Seat::member).toList());
    for (var number = 1; number <= seats.size(); number++) {
      if (!here.remove(new MemberFiles(directory.apply(number)).keys().seat())) {
        throw missing(directory.apply(number));
      }
    }
    if (Files.exists(directory.apply(seats.size() + 1))) {
      throw missing(directory.apply(seats.size() + 1));
    }
  }

  private void requireSame(Card card, OrganisationPlan plan) throws ProvisioningRefused {
    var same =
        card.organisation().equals(plan.organisation())
            && card.broker().equals(plan.broker())
            && card.facilitators().size() == plan.facilitators()
            && card.galaxyMembers().size() == plan.galaxyMembers()
            && card.treasury().isPresent() == plan.treasury();
    if (!same) {
      throw otherwise(
          "its card is of %s at %s with %d facilitators, %d galaxy members%s"
              .formatted(
                  card.organisation(),
                  card.broker(),
                  card.facilitators().size(),
                  card.galaxyMembers().size(),
                  card.treasury().isPresent() ? " and the treasury" : ""));
    }
  }

  private void requireNone(Path path) throws ProvisioningRefused {
    if (Files.exists(path)) {
      throw otherwise("it has " + path);
    }
  }

  private ProvisioningRefused otherwise(String what) {
    return new ProvisioningRefused(
        Reason.KEYS_OTHERWISE,
        "%s was begun otherwise: %s. Keys are never changed".formatted(files.root(), what));
  }

  private static ProvisioningRefused missing(Path path) {
    return new ProvisioningRefused(
        Reason.KEYS_MISSING, path + " does not hold what the card beside it names");
  }

  private List<NewMember> members(IntFunction<Path> directory, int count) throws IOException {
    var members = new ArrayList<NewMember>();
    for (var number = 1; number <= count; number++) {
      var member = new MemberFiles(directory.apply(number));
      WholeFiles.keep(member.operationalKeyFile(), secret());
      WholeFiles.keep(member.walletKeyFile(), secret());
      WholeFiles.keep(member.agreementKeyFile(), scalar());
      members.add(member.keys());
    }
    members.sort(Comparator.comparing(member -> member.operational().key().publicKey()));
    return members;
  }

  private Card card(
      OrganisationPlan plan, List<NewMember> facilitators, List<NewMember> galaxyMembers)
      throws IOException {
    Optional<SigningKey> treasury =
        plan.treasury()
            ? Optional.of(MemberFiles.signingKey(files.treasuryKey()))
            : Optional.empty();
    var statement =
        Card.hashOf(
                plan.organisation(),
                plan.broker(),
                facilitators.stream().map(NewMember::seat).toList(),
                galaxyMembers.stream().map(NewMember::seat).toList(),
                treasury.map(key -> new StarId(key.publicKey())))
            .toBytes();
    return new Card(
        plan.organisation(),
        plan.broker(),
        facilitators.stream().map(member -> seat(member, statement)).toList(),
        galaxyMembers.stream().map(member -> seat(member, statement)).toList(),
        treasury.map(key -> new Card.Treasury(new StarId(key.publicKey()), key.sign(statement))));
  }

  private Card.Seat seat(NewMember member, byte[] statement) {
    return new Card.Seat(
        member.seat(),
        member.operational().key().sign(statement),
        member.wallet().key().sign(statement),
        member.agreement().prove(statement, random));
  }

  private byte[] secret() {
    return committees.signingKey().seed().toArray();
  }

  private byte[] scalar() {
    return committees.member().agreementSecret().toArray();
  }
}
