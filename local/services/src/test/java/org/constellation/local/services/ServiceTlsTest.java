package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.constellation.gateway.ContractGatewayApplication;
import org.constellation.star.StarServiceApplication;
import org.constellation.testsupport.RealKafka;
import org.constellation.testsupport.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.yaml.snakeyaml.Yaml;

/**
 * The front door and a service with the variables that the chart gives them for TLS, and with files
 * that lie as Kubernetes lays them and are replaced as it does.
 */
class ServiceTlsTest {

  private static final String MOUNTED = "/etc/constellation/tls";
  private static final String LOOPBACK = "127.0.0.1";

  /** The second is how the chart's pods are called, and how the page says that they may be. */
  private static final String SUBJECTS =
      "IP:127.0.0.1,DNS:*.ours-constellation-galaxy-service,DNS:ours-constellation";

  private static final String MEMBER =
      "ours-constellation-galaxy-service-0.ours-constellation-galaxy-service";

  @TempDir private Path directory;

  private Path authority;
  private SSLContext trusting;
  private int certificates;
  private TestNetwork network;
  private RunningServices star;
  private RunningServices door;

  @BeforeAll
  static void prepare() {
    System.setProperty("spring.kafka.bootstrap-servers", RealKafka.bootstrapServers());
    LocalServices.initializeLogging();
  }

  @BeforeEach
  void start() throws Exception {
    authority = TestCertificates.authority(directory.resolve("authority"), "authority");
    trusting = believing(authority);
    Files.createDirectories(mount());
    mountAnother();
    for (var file : List.of("tls.crt", "tls.key", "ca.crt")) {
      Files.createSymbolicLink(mount().resolve(file), Path.of("..data", file));
    }
    network = new TestNetwork(directory, RealKafka.bootstrapServers(), "tls");
    star = started(StarServiceApplication.NAME, variables("services"), Map.of());
    var asked = "constellation.gateway.upstreams.star-service[0].";
    var believes = new HashMap<>(variables("services"));
    believes.putAll(variables("contractGateway"));
    door =
        started(
            ContractGatewayApplication.NAME,
            believes,
            Map.of(
                asked + "address",
                "https://127.0.0.1:" + port(star, StarServiceApplication.NAME, "server"),
                asked + "management",
                "https://127.0.0.1:" + port(star, StarServiceApplication.NAME, "management")));
  }

  @AfterEach
  void stop() {
    door.close();
    star.close();
    network.close();
  }

  private Path mount() {
    return directory.resolve("tls");
  }

  /** A new certificate, by one swap of a link, after which the old files are gone. */
  private void mountAnother() throws IOException {
    var stem = "certificate-" + ++certificates;
    var pem = TestCertificates.issued(directory.resolve(stem), authority, SUBJECTS);
    var fresh = Files.createDirectory(mount().resolve("..2026_" + certificates));
    Files.copy(pem.certificate(), fresh.resolve("tls.crt"));
    Files.copy(pem.key(), fresh.resolve("tls.key"));
    Files.copy(TestCertificates.certificateOf(authority), fresh.resolve("ca.crt"));
    var data = mount().resolve("..data");
    var old = Files.exists(data) ? data.toRealPath() : null;
    var link = Files.createSymbolicLink(mount().resolve("..data_tmp"), fresh.getFileName());
    Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (old != null) {
      for (var file : List.of("tls.crt", "tls.key", "ca.crt")) {
        Files.delete(old.resolve(file));
      }
      Files.delete(old);
    }
  }

  private Map<String, Object> variables(String part) throws IOException {
    var chart = Path.of("../../helm/constellation/tls.yaml");
    Map<String, List<Map<String, String>>> parts = new Yaml().load(Files.readString(chart));
    var variables = new HashMap<String, Object>();
    for (var one : parts.getOrDefault(part, List.of())) {
      variables.put(
          one.getOrDefault("name", ""),
          one.getOrDefault("value", "").replace(MOUNTED, mount().toString()));
    }
    assertThat(variables).hasSizeGreaterThan(1);
    return variables;
  }

  private RunningServices started(
      String name, Map<String, Object> variables, Map<String, String> more)
      throws IOException, InterruptedException {
    var context = new ServiceContexts(network.settings().running(name)).contexts().getFirst();
    var settings = new HashMap<>(context.settings());
    settings.putAll(more);
    return RunningServices.start(
        List.of(
            new ServiceContext(
                name, () -> inEnvironment(context.application().get(), variables), settings)));
  }

  private static SpringApplicationBuilder inEnvironment(
      SpringApplicationBuilder application, Map<String, Object> variables) {
    return application.environment(
        new StandardEnvironment() {
          @Override
          protected void customizePropertySources(MutablePropertySources sources) {
            super.customizePropertySources(sources);
            sources.addFirst(
                new SystemEnvironmentPropertySource(
                    "pod-" + SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
          }
        });
  }

  private static int port(RunningServices running, String name, String which) {
    return running
        .context(name)
        .getEnvironment()
        .getRequiredProperty("local." + which + ".port", Integer.class);
  }

  private int doorPort(String which) {
    return port(door, ContractGatewayApplication.NAME, which);
  }

  private int starPort(String which) {
    return port(star, StarServiceApplication.NAME, which);
  }

  private static SSLContext believing(Path authority) throws GeneralSecurityException, IOException {
    var password = TestCertificates.PASSWORD.toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry(
        "authority", KeyStore.getInstance(authority.toFile(), password).getCertificate("server"));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  /** The status of an answer to who opens a star at the front door, which star-service writes. */
  private int opensAStar() throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().sslContext(trusting).build()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create("https://127.0.0.1:" + doorPort("server") + "/api/stars"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  /** Which certificate a new connection is shown. */
  private String shown(int port) throws IOException {
    return shown(port, LOOPBACK);
  }

  /** The same, to who asks for {@code host}. */
  private String shown(int port, String host) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        var secured =
            (SSLSocket) trusting.getSocketFactory().createSocket(socket, host, port, true)) {
      var parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      var certificate = (X509Certificate) secured.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  /** By the script that is every image's health check. */
  private static int health(int port, Map<String, Object> variables)
      throws IOException, InterruptedException {
    var health = new ProcessBuilder("bash", "../../docker/health").redirectErrorStream(true);
    health.environment().put("MANAGEMENT_SERVER_PORT", String.valueOf(port));
    variables.forEach((name, value) -> health.environment().put(name, value.toString()));
    return health.start().waitFor();
  }

  @Test
  void aCallPassesTheFrontDoorBehindCertificatesThatAreReplaced() throws Exception {
    await().atMost(TestNetwork.PATIENCE).until(() -> opensAStar() == 201);

    var ports =
        List.of(
            doorPort("server"), doorPort("management"), starPort("server"), starPort("management"));
    for (var port : ports) {
      assertThat(shown(port)).isEqualTo("CN=certificate-1");
      assertThatCode(() -> shown(port, MEMBER)).doesNotThrowAnyException();
      assertThatThrownBy(() -> shown(port, "another.example"))
          .isInstanceOf(SSLHandshakeException.class);
    }
    var management = starPort("management");
    await()
        .atMost(TestNetwork.PATIENCE)
        .until(() -> health(management, variables("services")) == 0);
    assertThat(health(management, Map.of())).isNotZero();

    // Twice, since what watches a link may watch what it led to.
    for (var time = 2; time <= 3; time++) {
      mountAnother();
      var next = "CN=certificate-" + time;
      for (var port : ports) {
        await().atMost(TestNetwork.PATIENCE).until(() -> shown(port).equals(next));
      }
      assertThat(opensAStar()).isEqualTo(201);
    }
  }
}
