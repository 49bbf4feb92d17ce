package org.constellation.galaxyservice.member;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.member.MemberView;
import org.constellation.protocol.crypto.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The galaxy members of this process. */
@Component
public class GalaxyMembers implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(GalaxyMembers.class);

  private final Hosting hosting;
  private final GalaxyProperties properties;
  private final List<GalaxyMember> hosted = new CopyOnWriteArrayList<>();
  private volatile boolean running;

  GalaxyMembers(Hosting hosting, GalaxyProperties properties) {
    this.hosting = hosting;
    this.properties = properties;
  }

  /** All that were started, also those that stay silent. */
  public List<GalaxyMember> hosted() {
    return List.copyOf(hosted);
  }

  /** How they see their committee. */
  public List<MemberView> views() {
    return hosting.members().views();
  }

  @Override
  public void start() {
    running = true;
    if (properties.keeperKey() == null) {
      LOG.warn(
          "No constellation.galaxy.keeper-key: every block is kept for good, on disk and in what is"
              + " read at a start");
    }
    for (var directory : properties.members()) {
      try {
        hosted.add(new GalaxyMember(hosting, directory, keeper()));
      } catch (IOException e) {
        throw new IllegalStateException("No galaxy member in " + directory, e);
      }
    }
  }

  private Optional<PublicKey> keeper() {
    return Optional.ofNullable(properties.keeperKey())
        .map(hex -> PublicKey.of(HexFormat.of().parseHex(hex)));
  }

  @Override
  public void stop() {
    Hosting.close(hosted);
    hosting.members().close();
    hosted.clear();
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
