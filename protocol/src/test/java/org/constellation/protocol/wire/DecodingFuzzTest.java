package org.constellation.protocol.wire;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.constellation.protocol.Bytes;

/**
 * In the build this runs on the inputs beside it only. To search for new ones, run {@code
 * JAZZER_FUZZ=1 ./mvnw -pl protocol test -Dtest=DecodingFuzzTest -Djazzer.hooks=true}; what it
 * finds is written there.
 */
class DecodingFuzzTest {

  @FuzzTest(maxDuration = "1m")
  void answersToAnyBytes(byte[] bytes) {
    var input = Bytes.copyOf(bytes);
    for (var type : WireType.all()) {
      type.refuses(input);
    }
  }
}
