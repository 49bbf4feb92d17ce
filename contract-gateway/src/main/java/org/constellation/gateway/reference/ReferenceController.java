package org.constellation.gateway.reference;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The API's one description, kept by hand in {@code openapi.yaml}; a test holds it to the truth.
 */
@RestController
class ReferenceController {

  private static final URI PAGE = URI.create("/openapi.html");

  private final Map<String, Object> description;

  ReferenceController() throws IOException {
    try (var source = new ClassPathResource("openapi.yaml").getInputStream()) {
      this.description = new Yaml(new SafeConstructor(new LoaderOptions())).load(source);
    }
  }

  @GetMapping("/openapi")
  ResponseEntity<Void> page() {
    return ResponseEntity.status(HttpStatus.FOUND).location(PAGE).build();
  }

  @GetMapping(path = "/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
  Map<String, Object> description() {
    return description;
  }
}
