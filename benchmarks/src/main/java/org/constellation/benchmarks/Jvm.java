package org.constellation.benchmarks;

/** Options of every measured process. */
final class Jvm {

  /** Lets the native signatures load without a warning. */
  static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** Protobuf and JMH use what newer runtimes warn about. */
  static final String UNSAFE_ACCESS = "--sun-misc-unsafe-memory-access=allow";

  private Jvm() {}
}
