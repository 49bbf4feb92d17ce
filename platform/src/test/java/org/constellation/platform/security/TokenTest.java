package org.constellation.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master key in a token: SoftHSM, where it is installed. */
class TokenTest {

  private static final Path UTILITY = Path.of("/usr/bin/softhsm2-util");
  private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final byte[] SECRET = "thirty-two bytes of a signing key".getBytes(UTF_8);
  private static final byte[] ALICE = "star1alice".getBytes(UTF_8);

  @TempDir private Path directory;

  private Path config;
  private Path pin;

  /** The library reads the environment, which a JVM cannot set for itself: so a child is asked. */
  @BeforeEach
  void makeToken() throws Exception {
    assumeTrue(
        Files.exists(UTILITY) && Files.exists(LIBRARY),
        "SoftHSM is not installed (apt-get install softhsm2): tokens are not tested");
    Files.createDirectory(directory.resolve("tokens"));
    Files.writeString(
        directory.resolve("softhsm2.conf"),
        "directories.tokendir = " + directory.resolve("tokens") + "\n");
    run(
        List.of(
            UTILITY.toString(),
            "--init-token",
            "--free",
            "--label",
            "test",
            "--so-pin",
            "4321",
            "--pin",
            "1234"));
    config = directory.resolve("pkcs11.cfg");
    Files.writeString(config, "name = test\nlibrary = " + LIBRARY + "\nslotListIndex = 0\n");
    pin = directory.resolve("pin");
    SecretFile.create(pin, "1234\n".getBytes(UTF_8));
    run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genseckey",
            "-alias",
            "master",
            "-keyalg",
            "AES",
            "-keysize",
            "256",
            "-keystore",
            "NONE",
            "-storetype",
            "PKCS11",
            "-addprovider",
            "SunPKCS11",
            "-providerArg",
            config.toString(),
            "-storepass",
            "1234"));
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(Map.of("SOFTHSM2_CONF", directory.resolve("softhsm2.conf").toString()));
    var process = builder.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  @Test
  void sealsAndOpensWithAKeyThatStaysInItsToken() throws Exception {
    var said =
        run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                config.toString(),
                pin.toString()));
    assertThat(said).contains("all is well");
  }

  /** What is tried beside the library's own environment. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) throws IOException {
      var random = new SecureRandom();
      var settings = Path.of(arguments[0]);
      var pin = Path.of(arguments[1]);
      var key = MasterKey.inToken(new SecurityProperties.Token(settings, pin, "master"), random);
      var sealed = key.seal(SECRET, ALICE);
      assertThat(key.open(sealed, ALICE)).contains(SECRET);
      assertThat(key.open(sealed, "star1bob".getBytes(UTF_8))).isEmpty();
      sealed[sealed.length - 1] ^= 1;
      assertThat(key.open(sealed, ALICE)).isEmpty();
      assertThatThrownBy(
              () -> MasterKey.inToken(new SecurityProperties.Token(settings, pin, "other"), random))
          .hasMessageContaining("no AES key other");
      System.out.println("all is well");
    }
  }
}
