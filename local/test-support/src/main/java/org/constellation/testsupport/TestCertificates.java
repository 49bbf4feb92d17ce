package org.constellation.testsupport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keys and certificates for {@code 127.0.0.1}, made by the JDK's own tool. */
public final class TestCertificates {

  /** Of every store made here. */
  public static final String PASSWORD = "changeit";

  private TestCertificates() {}

  /** A store (PKCS #12) with a new key and a certificate that it signed itself for {@code name}. */
  public static Path keyStore(Path file, String name) {
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        "SAN=IP:127.0.0.1,DNS:localhost",
        "-validity",
        "10",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString());
    return file;
  }

  /** A store with the certificates of others, for whoever is to believe them. */
  public static Path trustStore(Path file, List<Path> keyStores) {
    for (var one : keyStores) {
      var certificate = Path.of(one + ".crt").toString();
      keytool("-exportcert", "-alias", "server", "-keystore", one.toString(), "-file", certificate);
      keytool(
          "-importcert",
          "-noprompt",
          "-alias",
          String.valueOf(one.getFileName()),
          "-file",
          certificate,
          "-storetype",
          "PKCS12",
          "-keystore",
          file.toString());
    }
    return file;
  }

  private static void keytool(String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new IllegalStateException("keytool does not run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
