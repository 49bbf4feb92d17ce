package org.constellation.platform.transport;

import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's own reading of {@code ssl.*}, done again for a new connection if a file has changed
 * since: a client of Kafka reads them once in its life. What stands goes on under the old
 * certificate.
 */
public final class RenewedSslEngines implements SslEngineFactory {

  private static final Logger LOG = LoggerFactory.getLogger(RenewedSslEngines.class);

  private Map<String, Object> settings = Map.of();
  private DefaultSslEngineFactory current = new DefaultSslEngineFactory();

  /** For Kafka, which makes it by its name. */
  public RenewedSslEngines() {}

  @Override
  public synchronized void configure(Map<String, ?> configs) {
    settings = new HashMap<>(configs);
    current.configure(settings);
  }

  @Override
  public synchronized SSLEngine createClientSslEngine(
      String peerHost, int peerPort, @Nullable String endpointIdentification) {
    renew();
    return current.createClientSslEngine(peerHost, peerPort, endpointIdentification);
  }

  @Override
  public synchronized SSLEngine createServerSslEngine(String peerHost, int peerPort) {
    renew();
    return current.createServerSslEngine(peerHost, peerPort);
  }

  private void renew() {
    if (!current.shouldBeRebuilt(settings)) {
      return;
    }
    var next = new DefaultSslEngineFactory();
    try {
      next.configure(settings);
    } catch (KafkaException e) {
      // Half written, perhaps; the next connection looks again.
      LOG.warn("New certificates are not taken: {}", e.toString());
      return;
    }
    current.close();
    current = next;
  }

  @Override
  public synchronized boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
    return current.shouldBeRebuilt(nextConfigs);
  }

  @Override
  public Set<String> reconfigurableConfigs() {
    return new DefaultSslEngineFactory().reconfigurableConfigs();
  }

  @Override
  public synchronized @Nullable KeyStore keystore() {
    return current.keystore();
  }

  @Override
  public synchronized @Nullable KeyStore truststore() {
    return current.truststore();
  }

  @Override
  public synchronized void close() {
    current.close();
  }
}
