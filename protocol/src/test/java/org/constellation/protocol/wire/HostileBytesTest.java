package org.constellation.protocol.wire;

import java.util.List;

class HostileBytesTest extends HostileBytes {

  static List<WireType<?>> types() {
    return WireType.all();
  }
}
