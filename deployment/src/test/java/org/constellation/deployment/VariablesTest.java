package org.constellation.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service understands what it has, and not what it leaves out of what others have. */
class VariablesTest {

  @ParameterizedTest
  @CsvSource({
    "star-service, SPRING_DATASOURCE_URL, true",
    "star-service, SPRING_KAFKA_BOOTSTRAPSERVERS, true",
    "galaxy-service, SPRING_DATASOURCE_URL, false",
    "galaxy-service, SPRING_FLYWAY_CONNECTRETRIES, false",
    "galaxy-service, SPRING_KAFKA_BOOTSTRAPSERVERS, true",
    "contract-gateway, SPRING_DATASOURCE_URL, false",
    "contract-gateway, SPRING_KAFKA_BOOTSTRAPSERVERS, false",
    "contract-gateway, SERVER_PORT, true",
    "contract-gateway, CONSTELLATION_GATEWAY_CONNECTIONSMAX, true",
    "star-service, CONSTELLATION_GATEWAY_CONNECTIONSMAX, false",
    "star-service, CONSTELLATION_LOGIN_APIKEYS_TILL_HASH, true",
    "star-service, CONSTELLATION_SECURITY_MASTERKEYTOKEN_PINFILE, true",
    "star-service, CONSTELLATION_SECURITY_MASTERKEYTOKEN_PIN, false"
  })
  void areThoseOfTheService(String service, String variable, boolean isKnown) {
    assertThat(Variables.isKnown(service, variable)).isEqualTo(isKnown);
  }
}
