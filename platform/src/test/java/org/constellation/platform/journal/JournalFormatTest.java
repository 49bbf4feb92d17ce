package org.constellation.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.constellation.consensus.layer.JournalRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.Mutations;
import org.junit.jupiter.api.Test;

/** The bytes of a journal file: a member must be able to read for good what it once wrote. */
class JournalFormatTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/journal-file.hex");

  private static final int MUTANTS = 4_000;

  private static final Owner OWNER =
      new Owner(Hash.fromHex("4e".repeat(32)), PublicKey.fromHex("4d".repeat(32)));

  private static final long SEQUENCE = 3;
  private static final long PREVIOUS_LENGTH = 70_000;
  private static final long FIRST_BATCH = 41;

  private static final List<List<JournalRecord>> BATCHES =
      List.of(
          List.of(
              new JournalRecord.Proposed(7, bytes(1, 2, 3)),
              new JournalRecord.Body(7, Hash.fromHex("5e".repeat(32)), bytes(4, 5))),
          List.of(new JournalRecord.Certified(7, bytes(6))),
          List.of());

  private static Bytes bytes(int... values) {
    var bytes = new byte[values.length];
    for (var i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return Bytes.copyOf(bytes);
  }

  private static byte[] file() {
    var file = new ByteArrayOutputStream();
    write(file, JournalFormat.head(OWNER, SEQUENCE, PREVIOUS_LENGTH, FIRST_BATCH));
    for (var i = 0; i < BATCHES.size(); i++) {
      write(file, JournalFormat.batch(FIRST_BATCH + i, BATCHES.get(i)));
    }
    return file.toByteArray();
  }

  private static void write(ByteArrayOutputStream file, ByteBuffer part) {
    var bytes = new byte[part.remaining()];
    part.get(bytes);
    file.writeBytes(bytes);
  }

  private static FileContent contentOf(byte[] file) {
    return new FileContent(JournalFormat.readHead(file).orElseThrow(), file, file.length);
  }

  @Test
  void writesTheSameBytesAsEver() throws IOException {
    var expected = HexFormat.of().formatHex(file()) + "\n";
    if (Boolean.getBoolean("golden.write") && !Files.exists(GOLDEN)) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, expected, StandardCharsets.US_ASCII);
    }
    assertThat(GOLDEN).hasContent(expected);
  }

  @Test
  void readsTheBytesOfEver() throws IOException {
    var file = HexFormat.of().parseHex(Files.readString(GOLDEN, StandardCharsets.US_ASCII).strip());
    assertThat(JournalFormat.readHead(file))
        .contains(new JournalFormat.Head(OWNER, SEQUENCE, PREVIOUS_LENGTH, FIRST_BATCH));
    var content = contentOf(file);
    assertThat(content.isComplete()).isTrue();
    assertThat(content.nextBatch()).isEqualTo(FIRST_BATCH + BATCHES.size());
    assertThat(content.records())
        .extracting(one -> JournalRecord.decode(one).orElseThrow())
        .isEqualTo(BATCHES.stream().flatMap(List::stream).toList());
  }

  @Test
  void readsOfADamagedFileOnlyWhatWasWrittenBeforeTheDamage() {
    var whole = file();
    var written = contentOf(whole).records();
    var headless = 0;
    for (var seed = 1L; seed <= MUTANTS; seed++) {
      var mutant = new Mutations(seed).of(Bytes.copyOf(whole)).toArray();
      var head = JournalFormat.readHead(mutant);
      if (head.isEmpty()) {
        headless++;
        continue;
      }
      var content = new FileContent(head.get(), mutant, mutant.length);
      assertThat(content.records()).isEqualTo(written.subList(0, content.records().size()));
      if (!Arrays.equals(whole, mutant)) {
        assertThat(content.length()).isLessThanOrEqualTo(Arrays.mismatch(whole, mutant));
      }
      content.goesOnAfterDamage();
    }
    assertThat(headless).isBetween(MUTANTS / 4, MUTANTS * 3 / 4);
  }

  @Test
  void noiseIsNeitherHeadNorBatch() {
    var random = new Random(7);
    for (var round = 0; round < MUTANTS; round++) {
      var noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      assertThat(JournalFormat.readHead(noise)).isEmpty();
      if (noise.length > JournalFormat.BATCH_HEAD_BYTES) {
        noise[0] = 'B';
        noise[1] = 'T';
        noise[2] = 'C';
        noise[3] = 'H';
      }
      assertThat(JournalFormat.readBatch(noise, 0, noise.length)).isEmpty();
    }
  }
}
