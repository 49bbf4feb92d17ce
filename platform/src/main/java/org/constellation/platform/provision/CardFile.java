package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.star.StarId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A card as a file of JSON that people can read. */
public final class CardFile {

  private static final int BYTES_MAX = 256 * 1024;

  private CardFile() {}

  /**
   * Reads a card; what it says is not checked yet.
   *
   * @throws ProvisioningRefused if the file holds none of this version
   */
  public static Card read(Path file) throws IOException, ProvisioningRefused {
    if (Files.size(file) > BYTES_MAX) {
      throw new ProvisioningRefused(Reason.CARD_INVALID, file + " is too large for a card");
    }
    try {
      return card(JsonFields.read(Files.readAllBytes(file)));
    } catch (IllegalArgumentException e) {
      throw new ProvisioningRefused(
          Reason.CARD_INVALID, "%s is no card: %s".formatted(file, e.getMessage()));
    }
  }

  /** The file's content. */
  static byte[] write(Card card) {
    var root = JsonFields.JSON.createObjectNode();
    root.put("card", Card.VERSION);
    root.put("organisation", card.organisation());
    root.put("broker", card.broker());
    // For people; whoever reads the card computes it.
    root.put("fingerprint", card.fingerprint());
    seats(card.facilitators(), root.putArray("facilitators"));
    seats(card.galaxyMembers(), root.putArray("galaxyMembers"));
    card.treasury()
        .ifPresent(
            treasury ->
                root.putObject("treasury")
                    .put("star", treasury.star().toString())
                    .put("proof", treasury.proof().toHex()));
    return JsonFields.write(root);
  }

  private static void seats(List<Card.Seat> seats, ArrayNode array) {
    for (var seat : seats) {
      var member = seat.member();
      ObjectNode entry = array.addObject();
      entry.put("operationalKey", member.operationalKey().toHex());
      entry.put("wallet", member.star().toString());
      entry.put("agreementKey", HexFormat.of().formatHex(member.agreementKey().toArray()));
      entry.put("operationalProof", seat.operationalProof().toHex());
      entry.put("walletProof", seat.walletProof().toHex());
      entry.put("agreementProof", HexFormat.of().formatHex(seat.agreementProof().toArray()));
    }
  }

  private static Card card(JsonFields root) {
    if (root.version("card") != Card.VERSION) {
      throw new IllegalArgumentException("it is of another version");
    }
    root.only(
        "card",
        "organisation",
        "broker",
        "fingerprint",
        "facilitators",
        "galaxyMembers",
        "treasury");
    var card =
        new Card(
            root.text("organisation"),
            root.text("broker"),
            seats(root, "facilitators"),
            seats(root, "galaxyMembers"),
            root.has("treasury") ? Optional.of(treasury(root)) : Optional.empty());
    if (!root.text("fingerprint").equals(card.fingerprint())) {
      throw new IllegalArgumentException("its fingerprint is another card's");
    }
    return card;
  }

  private static List<Card.Seat> seats(JsonFields root, String name) {
    return root.objects(name, NetworkPlan.MEMBERS_MAX).stream().map(CardFile::seat).toList();
  }

  private static Card.Seat seat(JsonFields seat) {
    seat.only(
        "operationalKey",
        "wallet",
        "agreementKey",
        "operationalProof",
        "walletProof",
        "agreementProof");
    return new Card.Seat(
        new CommitteeMember(
            StarId.parse(seat.text("wallet")),
            PublicKey.fromHex(seat.text("operationalKey")),
            seat.hex("agreementKey")),
        Signature.fromHex(seat.text("operationalProof")),
        Signature.fromHex(seat.text("walletProof")),
        seat.hex("agreementProof"));
  }

  private static Card.Treasury treasury(JsonFields root) {
    var treasury = root.object("treasury").only("star", "proof");
    return new Card.Treasury(
        StarId.parse(treasury.text("star")), Signature.fromHex(treasury.text("proof")));
  }
}
