package org.constellation.platform.observe;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * Sends the steps of transactions to an OpenTelemetry collector. No context travels with messages:
 * every service makes the same trace of a transaction's id.
 */
final class TrailExport implements AutoCloseable {

  private static final int TRACE_ID = 32;
  private static final int SPAN_ID = 16;
  private static final long CLOSE_SECONDS = 5;
  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");

  private final String service;
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  /**
   * Begins to send what {@code service} says.
   *
   * @param endpoint where the collector takes traces, for instance {@code
   *     http://collector:4318/v1/traces}
   */
  TrailExport(String service, String endpoint) {
    this.service = service;
    this.provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(Attributes.of(SERVICE_NAME, service)))
            .addSpanProcessor(
                BatchSpanProcessor.builder(
                        OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build())
                    .build())
            .build();
    this.tracer = provider.get(TransactionTrail.LOGGER);
    TransactionTrail.sendTo(service, this);
  }

  /**
   * @param transaction its id in hex
   */
  void passed(String transaction, String step, long place) {
    var parent =
        SpanContext.createFromRemoteParent(
            transaction.substring(0, TRACE_ID),
            transaction.substring(TRACE_ID, TRACE_ID + SPAN_ID),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    var span =
        tracer
            .spanBuilder(step)
            .setParent(Context.root().with(Span.wrap(parent)))
            .setAttribute(TransactionTrail.TRANSACTION, transaction);
    if (place != 0) {
      span.setAttribute("constellation.place", place);
    }
    var member = MDC.get(LogContext.MEMBER);
    if (member != null) {
      span.setAttribute(LogContext.MEMBER, member);
    }
    span.startSpan().end();
  }

  @Override
  public void close() {
    TransactionTrail.sendNoMore(service, this);
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
