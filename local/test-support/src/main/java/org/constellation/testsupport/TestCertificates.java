package org.constellation.testsupport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Keys and certificates for {@code 127.0.0.1}, made by the JDK's own tool. */
public final class TestCertificates {

  /** Of every store made here. */
  public static final String PASSWORD = "changeit";

  private static final String ALIAS = "server";

  private TestCertificates() {}

  /**
   * A certificate and its key as most programs want them: in files of PEM.
   *
   * @param certificate readable by everybody
   * @param key readable by its owner only, as PostgreSQL demands
   */
  public record Pem(Path certificate, Path key) {}

  /** A store with the key of an authority, which signs the certificates of others. */
  public static Path authority(Path file, String name) {
    keyPair(file, name, "BasicConstraints:critical=ca:true");
    return file;
  }

  /** The certificate of an authority, for whoever is to believe what it signs. */
  public static Path certificateOf(Path authority) {
    var certificate = Path.of(authority + ".pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        ALIAS,
        "-keystore",
        authority.toString(),
        "-file",
        certificate.toString());
    return certificate;
  }

  /**
   * A new key with a certificate that an authority signed.
   *
   * @param stem what the names of all files begin with
   * @param subjects for whom, as {@code IP:127.0.0.1,DNS:localhost}
   */
  public static Pem issued(Path stem, Path authority, String subjects) {
    var store = Path.of(stem + ".p12");
    var request = stem + ".csr";
    var pem = new Pem(Path.of(stem + ".crt"), Path.of(stem + ".key"));
    keyPair(store, String.valueOf(stem.getFileName()), "SAN=" + subjects);
    keytool("-certreq", "-alias", ALIAS, "-keystore", store.toString(), "-file", request);
    keytool(
        "-gencert",
        "-rfc",
        "-alias",
        ALIAS,
        "-keystore",
        authority.toString(),
        "-infile",
        request,
        "-outfile",
        pem.certificate().toString(),
        "-ext",
        "SAN=" + subjects,
        "-validity",
        "10");
    try {
      writeKey(store, pem.key());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("no key in " + store, e);
    }
    return pem;
  }

  private static void writeKey(Path store, Path file) throws IOException, GeneralSecurityException {
    var password = PASSWORD.toCharArray();
    var key = KeyStore.getInstance(store.toFile(), password).getKey(ALIAS, password);
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file, "-----BEGIN PRIVATE KEY-----\n" + lines + "\n-----END PRIVATE KEY-----\n");
  }

  /** A store (PKCS #12) with a new key and a certificate that it signed itself for {@code name}. */
  public static Path keyStore(Path file, String name) {
    keyPair(file, name, "SAN=IP:127.0.0.1,DNS:localhost");
    return file;
  }

  /** A store with the certificates of others, for whoever is to believe them. */
  public static Path trustStore(Path file, List<Path> keyStores) {
    for (var one : keyStores) {
      var certificate = Path.of(one + ".crt").toString();
      keytool("-exportcert", "-alias", ALIAS, "-keystore", one.toString(), "-file", certificate);
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

  private static void keyPair(Path file, String name, String extension) {
    keytool(
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        "CN=" + name,
        "-ext",
        extension,
        "-validity",
        "10",
        "-storetype",
        "PKCS12",
        "-keystore",
        file.toString());
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
