package org.constellation.clusterconsensus.facilitator;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.member.MemberView;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The facilitators of this process. */
@Component
public class Facilitators implements SmartLifecycle {

  private final Hosting hosting;
  private final FacilitatorProperties properties;
  private final List<Facilitator> hosted = new CopyOnWriteArrayList<>();
  private volatile boolean running;

  Facilitators(Hosting hosting, FacilitatorProperties properties) {
    this.hosting = hosting;
    this.properties = properties;
  }

  /** All that were started, also those that stay silent. */
  public List<Facilitator> hosted() {
    return List.copyOf(hosted);
  }

  /** How they see their committees. */
  public List<MemberView> views() {
    return hosting.members().views();
  }

  @Override
  public void start() {
    running = true;
    for (var directory : properties.members()) {
      try {
        hosted.add(new Facilitator(hosting, directory));
      } catch (IOException e) {
        throw new IllegalStateException("No facilitator in " + directory, e);
      }
    }
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
