package org.constellation.star;

import org.constellation.star.feed.Listeners;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Ends open streams before the web server begins to wait for them. */
@Component
class ListenersEnd implements SmartLifecycle {

  private final Listeners listeners;
  private volatile boolean running;

  ListenersEnd(Listeners listeners) {
    this.listeners = listeners;
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    listeners.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The first to stop. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }
}
