package org.constellation.local.client.imports;

import static java.util.stream.Collectors.joining;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a stopped import needs to go on: which stars were opened, and which transaction each order
 * became. A line is written as soon as it is known, and not synced: what a crash of the machine
 * loses is asked for again under the same key, and answered as before. Only its owner may read it,
 * since whoever has a star's token has its money. Safe to use from many threads.
 */
final class ImportJournal implements Closeable {

  private static final Pattern LINE =
      Pattern.compile("([a-z]+)\t([^\t]*)\t([^\t]*)(?:\t([^\t]*))?");

  private final Map<String, Opened> stars = new HashMap<>();
  private final Map<String, String> facts = new HashMap<>();
  private final Map<Integer, String> fundings = new HashMap<>();
  private final Map<Integer, String> rows = new HashMap<>();
  private final Writer writer;

  /** A star that was opened for somebody in the file. */
  record Opened(String star, String token) {}

  private ImportJournal(Writer writer) {
    this.writer = writer;
  }

  /** Opens the journal in {@code file} and reads what it holds; a torn line is no line. */
  static ImportJournal open(Path file) throws IOException {
    if (!Files.exists(file)) {
      var directory = file.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    var text = Files.readString(file, StandardCharsets.UTF_8);
    var journal =
        new ImportJournal(
            Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.APPEND));
    text.lines().forEach(journal::read);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      journal.writer.write("\n");
    }
    return journal;
  }

  private void read(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      return;
    }
    String name;
    try {
      name = parts.group(2).translateEscapes();
    } catch (IllegalArgumentException e) {
      return; // torn within an escape
    }
    var value = parts.group(3);
    switch (parts.group(1)) {
      case "star" -> {
        if (parts.group(4) != null) {
          stars.put(name, new Opened(value, parts.group(4)));
        }
      }
      case "fact" -> facts.put(name, value);
      case "funding" -> readSent(name, value, fundings);
      case "row" -> readSent(name, value, rows);
      default -> {} // a torn line
    }
  }

  private static void readSent(String number, String transaction, Map<Integer, String> sent) {
    // The id of a torn line is too short.
    if (number.matches("[0-9]{1,9}") && transaction.length() == 64) {
      sent.put(Integer.parseInt(number), transaction);
    }
  }

  private synchronized void write(String... fields) throws IOException {
    writer.write(Stream.of(fields).map(ImportJournal::escaped).collect(joining("\t")) + "\n");
    writer.flush();
  }

  /** Names are whatever stands in a file, also what separates fields and lines here. */
  private static String escaped(String field) {
    return field
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  synchronized Optional<Opened> star(String name) {
    return Optional.ofNullable(stars.get(name));
  }

  void opened(String name, Opened opened) throws IOException {
    synchronized (this) {
      stars.put(name, opened);
    }
    write("star", name, opened.star(), opened.token());
  }

  synchronized int starCount() {
    return stars.size();
  }

  synchronized Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  void decide(String name, String value) throws IOException {
    synchronized (this) {
      facts.put(name, value);
    }
    write("fact", name, value);
  }

  /** The transactions that fundings became in earlier runs, by number. */
  Map<Integer, String> fundings() {
    return Map.copyOf(fundings);
  }

  /** The transactions that rows became in earlier runs, by number. */
  Map<Integer, String> rows() {
    return Map.copyOf(rows);
  }

  void funded(int number, String transaction) throws IOException {
    write("funding", Integer.toString(number), transaction);
  }

  void sent(int number, String transaction) throws IOException {
    write("row", Integer.toString(number), transaction);
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
