package org.constellation.local.network;

/** Hears how starting and stopping goes on. */
@FunctionalInterface
public interface Progress {

  /** Something happened that the user waits for, told in a few words. */
  void tell(String event);
}
