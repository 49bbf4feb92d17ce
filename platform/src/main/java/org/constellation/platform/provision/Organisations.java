package org.constellation.platform.provision;

import java.util.regex.Pattern;
import org.constellation.platform.provision.ProvisioningRefused.Reason;
import org.constellation.protocol.block.Genesis;

/** Names of organisations and addresses of their brokers, as a genesis takes them. */
final class Organisations {

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");

  private static final String SERVER =
      "(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}";

  private static final Pattern BROKER = Pattern.compile(SERVER + "(?:," + SERVER + "){0,15}");

  private Organisations() {}

  static void requireName(String name) throws ProvisioningRefused {
    if (!NAME.matcher(name).matches()) {
      throw new ProvisioningRefused(
          Reason.CARD_INVALID,
          "an organisation has 1..32 lower-case letters, digits and hyphens between them");
    }
  }

  static void requireBroker(String servers) throws ProvisioningRefused {
    if (servers.length() > Genesis.Broker.SERVERS_CHARACTERS_MAX
        || !BROKER.matcher(servers).matches()) {
      throw new ProvisioningRefused(
          Reason.CARD_INVALID, "a broker's address is host:port, several are separated by commas");
    }
  }
}
