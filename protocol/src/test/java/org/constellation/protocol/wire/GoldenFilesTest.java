package org.constellation.protocol.wire;

import java.util.List;

class GoldenFilesTest extends GoldenFiles {

  static List<WireType<?>> types() {
    return WireType.all();
  }
}
