package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes once sent must be readable for good. A golden file never changes; a type that changes gets
 * another name and another topic version. A new type's file is written with {@code
 * -Dgolden.write=true} and looked at before it is committed.
 *
 * <p>A module's test of its own types says in {@code static List<WireType<?>> types()} what they
 * are; the files are in its own folder of test resources.
 */
public abstract class GoldenFiles {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** A file takes samples until it has this many digits. */
  private static final int DIGITS_ENOUGH = 12_000;

  @ParameterizedTest
  @MethodSource("types")
  protected <T> void writesTheSameBytesAsEver(WireType<T> type) throws IOException {
    var file = FOLDER.resolve(type + ".hex");
    var expected = new StringBuilder();
    for (var seed = 1L; expected.length() < DIGITS_ENOUGH; seed++) {
      expected.append(HexFormat.of().formatHex(type.encodedSample(seed).toArray())).append('\n');
    }
    if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, expected, StandardCharsets.US_ASCII);
    }

    assertThat(file).hasContent(expected.toString());
  }

  @ParameterizedTest
  @MethodSource("types")
  protected <T> void readsTheBytesOfEver(WireType<T> type) throws IOException {
    var seed = 1L;
    for (var line : Files.readAllLines(FOLDER.resolve(type + ".hex"), StandardCharsets.US_ASCII)) {
      var bytes = Bytes.copyOf(HexFormat.of().parseHex(line));
      var value = type.sample().apply(new Samples(seed));

      assertThat(type.decoder().apply(bytes)).isEqualTo(new Decoded.Valid<>(value));
      seed++;
    }
  }
}
