package org.constellation.platform.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.text.ParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set in a file, read again when the file has changed: keys come and go without a restart.
 */
final class KeysFile implements JWKSource<SecurityContext> {

  private static final Logger LOG = LoggerFactory.getLogger(KeysFile.class);

  /** What was read, and when the file was written. */
  private record Read(@Nullable FileTime written, JWKSet keys) {}

  private final Path file;
  private volatile Read last = new Read(null, new JWKSet());

  KeysFile(Path file) {
    this.file = file;
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
    return selector.select(current());
  }

  private JWKSet current() {
    try {
      var written = Files.getLastModifiedTime(file);
      if (!written.equals(last.written())) {
        last = new Read(written, JWKSet.parse(Files.readString(file)));
      }
    } catch (NoSuchFileException e) {
      last = new Read(null, new JWKSet());
    } catch (IOException | ParseException e) {
      // Nobody logs in by keys that cannot be read; those that were read before still hold.
      LOG.warn("{} cannot be read: {}", file, e.getMessage());
    }
    return last.keys();
  }
}
