package org.constellation.platform.provision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;

/**
 * The coin's shares of era 0, each sealed to its member: public, and of no use to others.
 *
 * @param network whose genesis they belong to
 */
public record SealedShares(Hash network, List<Share> shares) {

  private static final int VERSION = 1;
  private static final int SHARES_MAX = 2 * NetworkPlan.MEMBERS_MAX;
  private static final int BYTES_MAX = 256 * 1024;

  /**
   * @param committee as in topic names
   * @param member its operational key
   */
  public record Share(String committee, PublicKey member, Bytes sealed) {}

  public SealedShares {
    shares = List.copyOf(shares);
  }

  Optional<Bytes> of(String committee, PublicKey member) {
    return shares.stream()
        .filter(share -> share.committee().equals(committee) && share.member().equals(member))
        .map(Share::sealed)
        .findFirst();
  }

  /**
   * Reads a bundle.
   *
   * @throws ProvisioningRefused if the file holds none
   */
  public static SealedShares read(Path file) throws IOException, ProvisioningRefused {
    if (Files.size(file) > BYTES_MAX) {
      throw new ProvisioningRefused(Reason.SHARES_FOREIGN, file + " is too large for shares");
    }
    try {
      var root = JsonFields.read(Files.readAllBytes(file));
      if (root.version("shares-of-era-0") != VERSION) {
        throw new IllegalArgumentException("it is of another version");
      }
      root.only("shares-of-era-0", "network", "shares");
      return new SealedShares(
          Hash.fromHex(root.text("network")),
          root.objects("shares", SHARES_MAX).stream().map(SealedShares::share).toList());
    } catch (IllegalArgumentException e) {
      throw new ProvisioningRefused(
          Reason.SHARES_FOREIGN, "%s holds no sealed shares: %s".formatted(file, e.getMessage()));
    }
  }

  private static Share share(JsonFields share) {
    share.only("committee", "member", "sealed");
    return new Share(
        share.text("committee"), PublicKey.fromHex(share.text("member")), share.hex("sealed"));
  }

  /** The file's content. */
  public byte[] toJson() {
    var root = JsonFields.JSON.createObjectNode();
    root.put("shares-of-era-0", VERSION);
    root.put("network", network.toHex());
    var array = root.putArray("shares");
    for (var share : shares) {
      array
          .addObject()
          .put("committee", share.committee())
          .put("member", share.member().toHex())
          .put("sealed", HexFormat.of().formatHex(share.sealed().toArray()));
    }
    return JsonFields.write(root);
  }
}
