package org.constellation.star.feed.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.StarError;
import org.constellation.star.account.Accounts;
import org.constellation.star.api.Inputs;
import org.constellation.star.feed.Listener;
import org.constellation.star.feed.Listeners;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.TransactionView;
import org.constellation.star.transaction.Transactions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Server-sent events. An event's id is the change's place in the service's feed, so whoever comes
 * back with the last one that he saw misses nothing; a transaction that changed several times
 * meanwhile is told once, as it stands.
 */
@RestController
class EventController {

  private static final String RESUME_HEADER = "Last-Event-ID";
  private static final Duration OPEN_AT_MOST = Duration.ofMinutes(30);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int PAGE = 256;
  private static final Logger LOG = LoggerFactory.getLogger(EventController.class);

  private final Listeners listeners;
  private final Transactions transactions;
  private final Accounts accounts;

  EventController(Listeners listeners, Transactions transactions, Accounts accounts) {
    this.listeners = listeners;
    this.transactions = transactions;
    this.accounts = accounts;
  }

  @GetMapping(path = "/api/transactions/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter transaction(
      HttpMethod method,
      @PathVariable String id,
      @RequestHeader(name = RESUME_HEADER, required = false) @Nullable String resume)
      throws HttpRequestMethodNotSupportedException {
    requireGet(method);
    var hash = Inputs.id(id);
    var seen = seen(resume, 0);
    // Listening begins before reading, so that nothing falls between the two.
    return stream(
        listeners.to(hash),
        () -> {
          if (find(hash) == null) {
            throw StarError.UNKNOWN_TRANSACTION.because("No such transaction is known here.");
          }
        },
        (listener, emitter) -> ofTransaction(hash, seen, listener, emitter));
  }

  private @Nullable Transaction find(Hash id) {
    return transactions.findAll(List.of(id)).get(id);
  }

  private void ofTransaction(Hash id, long seen, Listener listener, SseEmitter emitter)
      throws IOException, InterruptedException {
    var last = seen;
    var now = find(id);
    if (now != null && now.change() > last) {
      send(now, emitter);
      last = now.change();
    }
    var end = System.nanoTime() + OPEN_AT_MOST.toNanos();
    while (now != null && !now.status().isEnd() && goesOn(listener, end)) {
      var next = listener.next(HEARTBEAT);
      if (next == null) {
        emitter.send(SseEmitter.event().comment("still here"));
      } else if (next.change() > last) {
        send(next, emitter);
        last = next.change();
        now = next;
      }
    }
  }

  @GetMapping(path = "/api/stars/{star}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter star(
      HttpMethod method,
      @PathVariable String star,
      @RequestHeader(name = RESUME_HEADER, required = false) @Nullable String resume)
      throws HttpRequestMethodNotSupportedException {
    requireGet(method);
    var account =
        accounts
            .find(Inputs.star(star, "star"))
            .orElseThrow(
                () -> StarError.UNKNOWN_STAR.because("This service has no account of that star."));
    // Without a place to resume from, the feed begins now.
    var from = seen(resume, transactions.lastChange());
    return stream(
        listeners.to(account.star()),
        () -> {},
        (listener, emitter) -> {
          var last = from;
          List<Transaction> page;
          do {
            page = transactions.changedAfter(account.star(), last, PAGE);
            for (var transaction : page) {
              send(transaction, emitter);
              last = transaction.change();
            }
          } while (page.size() == PAGE);
          var end = System.nanoTime() + OPEN_AT_MOST.toNanos();
          while (goesOn(listener, end)) {
            var next = listener.next(HEARTBEAT);
            if (next == null) {
              emitter.send(SseEmitter.event().comment("still here"));
            } else if (next.change() > last) {
              send(next, emitter);
              last = next.change();
            }
          }
        });
  }

  /** The head of a stream alone would take a listener's place for as long as a stream. */
  private static void requireGet(HttpMethod method) throws HttpRequestMethodNotSupportedException {
    if (!method.equals(HttpMethod.GET)) {
      throw new HttpRequestMethodNotSupportedException(
          method.name(), List.of(HttpMethod.GET.name()));
    }
  }

  /** A stream ends after a while; its reader comes back with the last id that it saw. */
  private static boolean goesOn(Listener listener, long end) {
    return !listener.isCutOff() && System.nanoTime() - end < 0;
  }

  private interface Stream {
    void writeTo(Listener listener, SseEmitter emitter) throws IOException, InterruptedException;
  }

  /**
   * @param check throws if there is nothing to stream; then the listener's place is free again
   */
  private static SseEmitter stream(Listener listener, Runnable check, Stream stream) {
    try {
      check.run();
    } catch (RuntimeException e) {
      listener.close();
      throw e;
    }
    // No timeout of the container's: the stream ends itself, and in order.
    var emitter = new SseEmitter(0L);
    var thread =
        Thread.ofVirtual()
            .name("events")
            .unstarted(
                () -> {
                  try (listener) {
                    // At once, so that the reader knows that it listens.
                    emitter.send(SseEmitter.event().comment("listening"));
                    stream.writeTo(listener, emitter);
                    emitter.complete();
                  } catch (IOException | IllegalStateException e) {
                    // The reader is gone and the container knows; it resumes, if it wants to.
                    LOG.debug("A listener went away: {}", e.toString());
                  } catch (InterruptedException e) {
                    emitter.complete();
                  } catch (RuntimeException e) {
                    // The database, for instance: the reader is to come back, not to wait.
                    LOG.debug("A stream of events broke off", e);
                    emitter.completeWithError(e);
                  }
                });
    emitter.onCompletion(thread::interrupt);
    thread.start();
    return emitter;
  }

  private static void send(Transaction transaction, SseEmitter emitter) throws IOException {
    emitter.send(
        SseEmitter.event()
            .id(Long.toString(transaction.change()))
            .name("transaction")
            .data(TransactionView.of(transaction), MediaType.APPLICATION_JSON));
  }

  private static long seen(@Nullable String resume, long otherwise) {
    if (resume == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(resume.strip());
    } catch (NumberFormatException e) {
      throw StarError.MALFORMED_ID.because("Last-Event-ID is the id of an event of this feed.");
    }
  }
}
