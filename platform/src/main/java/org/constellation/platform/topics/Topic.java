package org.constellation.platform.topics;

/**
 * One topic of one network; only {@link Topics} makes them.
 *
 * @param name as the broker knows it
 * @param purpose what it is for
 */
public record Topic(String name, Purpose purpose) {

  @Override
  public String toString() {
    return name;
  }
}
