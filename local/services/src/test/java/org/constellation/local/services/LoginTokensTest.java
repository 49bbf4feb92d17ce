package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.constellation.local.command.Constellation;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.constellation.platform.provision.NetworkFiles;
import org.constellation.platform.security.Login;
import org.constellation.platform.security.LoginConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** What {@code login} and {@code api-key} print, shown to what services check it with. */
class LoginTokensTest {

  @TempDir private Path directory;

  @Test
  void theTokenOfALoginIsBelieved() throws Exception {
    new DataDirectory(directory).claim(new Shape(4, 4, false));
    var token =
        command("login", "olga", "--scope", Login.OPERATOR, "--data", directory.toString()).strip();

    withLogins(
        TestPropertyValues.Type.MAP,
        List.of("constellation.login.keys-file=" + new NetworkFiles(directory).loginKeys()),
        logins -> {
          var olga = logins.of(token);
          assertThat(olga.getName()).isEqualTo("olga");
          assertThat(scopes(olga)).containsExactly("SCOPE_" + Login.OPERATOR);
        });
  }

  /** Printed as variables, and told to the service as such. */
  @Test
  void theKeyOfAMachineIsBelievedWhereTheVariablesAreSet() throws Exception {
    var printed =
        command("api-key", "till2", "--scope", Login.CUSTODY, "--scope", Login.OPERATOR)
            .lines()
            .toList();
    var key = printed.getFirst().substring("key ".length());

    withLogins(
        TestPropertyValues.Type.SYSTEM_ENVIRONMENT,
        printed.subList(1, printed.size()),
        logins -> {
          var till = logins.of(key);
          assertThat(till.getName()).isEqualTo("till2");
          assertThat(scopes(till))
              .containsExactlyInAnyOrder("SCOPE_" + Login.CUSTODY, "SCOPE_" + Login.OPERATOR);
        });
    withLogins(
        TestPropertyValues.Type.MAP,
        List.of(),
        logins ->
            assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> logins.of(key)));
  }

  private interface Logins {
    Authentication of(String token);
  }

  private static void withLogins(
      TestPropertyValues.Type where, List<String> told, Consumer<Logins> test) {
    new ApplicationContextRunner()
        .withUserConfiguration(LoginConfiguration.class)
        .withInitializer(
            context -> TestPropertyValues.of(told).applyTo(context.getEnvironment(), where))
        .run(
            context -> {
              @SuppressWarnings("unchecked") // The only one there is.
              AuthenticationManagerResolver<MockHttpServletRequest> logins =
                  context.getBean(AuthenticationManagerResolver.class);
              test.accept(
                  token ->
                      logins
                          .resolve(new MockHttpServletRequest())
                          .authenticate(new BearerTokenAuthenticationToken(token)));
            });
  }

  private static List<String> scopes(Authentication login) {
    return login.getAuthorities().stream()
        .map(authority -> String.valueOf(authority.getAuthority()))
        .filter(authority -> authority.startsWith("SCOPE_"))
        .toList();
  }

  /** What the command prints, as a program of its own. */
  private String command(String... words) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Constellation.class.getName());
    command.addAll(List.of(words));
    var output = Files.createTempFile(directory.getParent(), "command", ".out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    var code = process.onExit().join().exitValue();
    var printed = Files.readString(output);
    Files.delete(output);
    assertThat(code).as(printed).isZero();
    return printed;
  }
}
