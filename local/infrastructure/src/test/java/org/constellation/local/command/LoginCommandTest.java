package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code login} and {@code api-key}; a test of the services shows them what is printed. */
class LoginCommandTest {

  private static final Path PAGE = Path.of("../../docs/security.md");

  @TempDir private Path directory;
  private final StringWriter printed = new StringWriter();
  private final StringWriter said = new StringWriter();

  @BeforeEach
  void makeNetwork() throws IOException {
    new DataDirectory(directory).claim(new Shape(4, 4, false));
  }

  @Test
  void printsATokenForWhatWasAskedFor() throws Exception {
    assertThat(
            login(
                "olga",
                "--scope=constellation:custody",
                "--scope=constellation:operator",
                "--minutes=1440"))
        .isZero();

    var claims = SignedJWT.parse(printed.toString().strip()).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("olga");
    assertThat(claims.getStringClaim("scope"))
        .isEqualTo("constellation:custody constellation:operator");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource({
    "olga, --minutes=0, --minutes is 1 to 1440",
    "olga, --minutes=-5, --minutes is 1 to 1440",
    "olga, --minutes=1441, --minutes is 1 to 1440",
    "olga, --scope=constellation:custodian, '--scope is constellation:custody or'",
    "olga, '--scope=constellation:custody,constellation:operator', '--scope is constellation:'",
    "' ', --minutes=5, SUBJECT says who logs in",
  })
  void refusesWhatWouldOpenNothing(String subject, String option, String rule) {
    assertThat(login(subject, option)).isEqualTo(2);

    assertThat(said.toString()).contains(rule);
    assertThat(printed.toString()).isEmpty();
    assertThat(directory.resolve("login")).doesNotExist();
  }

  /** As {@code docker/client} and {@code helm/keys} make it. */
  @Test
  void refusesWhereOnlyTheKeysOfUsersAre() throws Exception {
    Files.createFile(directory.resolve("genesis.bin"));
    Files.writeString(directory.resolve("endpoints.json"), "{\"contract-gateway\":8080}");

    assertThat(login("olga")).isEqualTo(1);

    assertThat(said.toString())
        .contains("the network of " + directory + " runs elsewhere", "docs/security.md, Logins");
    assertThat(printed.toString()).isEmpty();
    assertThat(directory.resolve("login")).doesNotExist();

    // The network's own directory, where it was up.
    Files.createDirectory(directory.resolve("members"));
    assertThat(login("olga")).isZero();
  }

  @Test
  void printsAKeyAndWhatAServiceIsToldOfIt() {
    assertThat(run("api-key", "till2", "--scope=constellation:operator")).isZero();

    assertThat(printed.toString())
        .matches(
            Pattern.compile(
                """
                key csk_[A-Za-z0-9_-]{43}
                CONSTELLATION_LOGIN_APIKEYS_TILL2_HASH=[0-9a-f]{64}
                CONSTELLATION_LOGIN_APIKEYS_TILL2_SCOPES=constellation:operator
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Till", "till-2", "till_2", "till.2", "2", "a b", "[a]", "tüll", "a=b"})
  void refusesANameThatAVariablesNameWouldChange(String name) {
    assertThat(run("api-key", name)).isEqualTo(2);

    assertThat(said.toString()).contains("NAME is a lower-case letter, and up to 31");
    assertThat(printed.toString()).isEmpty();
  }

  @Test
  void refusesAnApiKeyThatIsTooLongByNameOrOpensNothing() {
    assertThat(run("api-key", "a".repeat(33))).isEqualTo(2);
    assertThat(run("api-key", "till", "--scope=custody")).isEqualTo(2);

    assertThat(said.toString()).contains("NAME is a", "--scope is constellation:custody or");
    assertThat(printed.toString()).isEmpty();
  }

  @Test
  void thePageShowsWhatIsPrinted() throws Exception {
    var words = "api-key till --scope constellation:custody";
    assertThat(run(words.split(" "))).isZero();

    var shown =
        printed
            .toString()
            .replaceAll("csk_[\\w-]+", "csk_...")
            .replaceAll("=[0-9a-f]+\n", "=...\n");
    assertThat(shown).contains("csk_...\n", "HASH=...\n");
    assertThat(Files.readString(PAGE)).contains("```\n./constellation " + words + "\n" + shown);
  }

  private int login(String... words) {
    var all = new ArrayList<>(List.of("login"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", directory.toString()));
    return run(all.toArray(String[]::new));
  }

  private int run(String... words) {
    return Constellation.commandLine()
        .setOut(new PrintWriter(printed, true))
        .setErr(new PrintWriter(said, true))
        .execute(words);
  }
}
