package org.constellation.platform.transport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Collects what a subscription brings. */
final class Inbox implements EnvelopeHandler {

  private final List<ReceivedEnvelope> envelopes = new CopyOnWriteArrayList<>();

  @Override
  public boolean handle(List<ReceivedEnvelope> batch) {
    envelopes.addAll(batch);
    return true;
  }

  List<ReceivedEnvelope> envelopes() {
    return envelopes;
  }

  List<String> texts() {
    return envelopes.stream()
        .flatMap(envelope -> envelope.messages().stream())
        .map(message -> new String(message.toArray(), StandardCharsets.UTF_8))
        .toList();
  }
}
