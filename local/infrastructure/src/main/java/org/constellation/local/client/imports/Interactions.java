package org.constellation.local.client.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file that can become payments.
 *
 * @param rows in the order in which they are sent
 * @param refused how many cannot, by reason
 */
public record Interactions(List<Row> rows, Map<String, Integer> refused) {

  /** More would not fit into this program's memory. */
  private static final int ROWS_MAX = 1_000_000;

  /**
   * Who pays whom how much.
   *
   * @param number of the row in the file, from 1, the header not counted
   */
  public record Row(int number, String from, String to, long amount) {}

  /**
   * Which columns mean what.
   *
   * @param time in whose order rows are sent, null for that of the file
   */
  public record Columns(String from, String to, AmountRule amount, @Nullable String time) {

    /** What the rows are, whatever their order. */
    Columns inAnyOrder() {
      return new Columns(from, to, amount, null);
    }
  }

  public Interactions {
    rows = List.copyOf(rows);
    refused = Map.copyOf(refused);
  }

  /**
   * Reads a file with a header line. A row that lacks columns or a positive amount, or is from
   * somebody to himself, is counted as refused.
   *
   * @throws IOException if the file cannot be read or lacks a column, or an amount or a time cannot
   *     be understood; tells the line and the column
   */
  public static Interactions read(Path file, Columns columns) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory");
    }
    var format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    var reading = new Reading(file, columns);
    try (var reader = Files.newBufferedReader(file);
        var records = format.parse(reader)) {
      requireColumns(records.getHeaderNames(), columns, file);
      for (var record : records) {
        reading.add(record, records.getCurrentLineNumber());
      }
    } catch (UncheckedIOException | IllegalArgumentException | CharacterCodingException e) {
      throw new IOException(file + " is no CSV file in UTF-8 with a header: " + e.getMessage(), e);
    }
    return reading.result();
  }

  private static void requireColumns(List<String> header, Columns columns, Path file)
      throws IOException {
    var wanted = new ArrayList<>(List.of(columns.from(), columns.to()));
    if (columns.amount().column() != null) {
      wanted.add(columns.amount().column());
    }
    if (columns.time() != null) {
      wanted.add(columns.time());
    }
    wanted.removeAll(header);
    if (!wanted.isEmpty()) {
      throw new IOException(file + " has no column " + wanted + "; it has " + header);
    }
  }

  /** What was read of a file so far. */
  private static final class Reading {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private final Path file;
    private final Columns columns;
    private final List<Timed> rows = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();

    /** A row and when it was: by a number, or else by a text, as in all other rows. */
    private record Timed(Row row, @Nullable BigDecimal number, String text) {

      int compareTimes(Timed other) {
        return number == null || other.number == null
            ? text.compareTo(other.text)
            : number.compareTo(other.number);
      }
    }

    Reading(Path file, Columns columns) {
      this.file = file;
      this.columns = columns;
    }

    void add(CSVRecord record, long line) throws IOException {
      if (!record.isConsistent()) {
        refused.merge("MISSING_COLUMNS", 1, Integer::sum);
        return;
      }
      var from = record.get(columns.from());
      var to = record.get(columns.to());
      var amount = amount(record, line);
      if (amount <= 0) {
        refused.merge("AMOUNT_NOT_POSITIVE", 1, Integer::sum);
      } else if (from.equals(to)) {
        refused.merge("SAME_STAR", 1, Integer::sum);
      } else if (rows.size() == ROWS_MAX) {
        throw new IOException(file + " has more than " + ROWS_MAX + " rows: split it");
      } else {
        var row = new Row(Math.toIntExact(record.getRecordNumber()), from, to, amount);
        rows.add(timed(row, record, line));
      }
    }

    private long amount(CSVRecord record, long line) throws IOException {
      var column = columns.amount().column();
      var value = column == null ? "" : record.get(column);
      try {
        return columns.amount().amount(value);
      } catch (NumberFormatException e) {
        throw new IOException(at(line, column, value) + " is no number", e);
      } catch (ArithmeticException e) {
        throw new IOException(
            at(line, column, value)
                + " gives no whole number of minor units below 2^63 (a factor helps, as in "
                + column
                + "*100)",
            e);
      }
    }

    private Timed timed(Row row, CSVRecord record, long line) throws IOException {
      var column = columns.time();
      if (column == null) {
        return new Timed(row, null, "");
      }
      var value = record.get(column);
      if (value.isEmpty()) {
        throw new IOException(at(line, column, value) + " is no time");
      }
      var number = NUMBER.matcher(value).matches() ? new BigDecimal(value) : null;
      if (!rows.isEmpty() && (rows.getFirst().number() == null) != (number == null)) {
        throw new IOException(
            at(line, column, value)
                + (number == null ? " is no number" : " is a number")
                + ", unlike the times before it");
      }
      return new Timed(row, number, number == null ? value : "");
    }

    private String at(long line, @Nullable String column, String value) {
      return "%s, line %d, column %s: \"%s\"".formatted(file, line, column, value);
    }

    Interactions result() throws IOException {
      if (columns.time() != null) {
        // Equal times keep the order of the file.
        rows.sort(Timed::compareTimes);
      }
      var read = new Interactions(rows.stream().map(Timed::row).toList(), refused);
      try {
        var _ = read.outflows();
      } catch (ArithmeticException e) {
        throw new IOException(file + ": the rows of one payer add up to more than 2^63 - 1", e);
      }
      return read;
    }
  }

  /** Everybody who pays or is paid, in the order of appearance. */
  public SequencedSet<String> people() {
    var people = new LinkedHashSet<String>();
    for (var row : rows) {
      people.add(row.from());
      people.add(row.to());
    }
    return people;
  }

  /**
   * What each payer pays in total.
   *
   * @throws ArithmeticException if that is more than 64 bits hold
   */
  public Map<String, Long> outflows() {
    var outflows = new TreeMap<String, Long>();
    rows.forEach(row -> outflows.merge(row.from(), row.amount(), Math::addExact));
    return outflows;
  }

  /** What each person is paid in total: his balance once every row is final. */
  public Map<String, Long> inflows() {
    var inflows = new TreeMap<String, Long>();
    rows.forEach(row -> inflows.merge(row.to(), row.amount(), Math::addExact));
    return inflows;
  }
}
