package org.constellation.local.client.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
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
   * @param time what the time column says, empty without one
   */
  public record Row(int number, String from, String to, long amount, String time) {}

  /** Which columns mean what. */
  public record Columns(String from, String to, AmountRule amount, @Nullable String time) {}

  public Interactions {
    rows = List.copyOf(rows);
    refused = Map.copyOf(refused);
  }

  /**
   * Reads a file with a header line. A row without a positive whole amount, or from somebody to
   * himself, is counted as refused.
   *
   * @throws IOException if the file cannot be read, or lacks a column
   */
  public static Interactions read(Path file, Columns columns) throws IOException {
    var format =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setTrim(true).get();
    var rows = new ArrayList<Row>();
    var refused = new TreeMap<String, Integer>();
    try (var reader = Files.newBufferedReader(file);
        var records = format.parse(reader)) {
      requireColumns(records.getHeaderNames(), columns, file);
      for (var record : records) {
        if (rows.size() == ROWS_MAX) {
          throw new IOException(file + " has more than " + ROWS_MAX + " rows: split it");
        }
        add(record, columns, rows, refused);
      }
    } catch (UncheckedIOException | IllegalArgumentException e) {
      throw new IOException(file + " is no CSV file with a header: " + e.getMessage(), e);
    }
    if (columns.time() != null) {
      rows.sort(Comparator.comparing(Interactions::timeOf).thenComparingInt(Row::number));
    }
    return new Interactions(rows, refused);
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

  private static void add(
      CSVRecord record, Columns columns, List<Row> rows, Map<String, Integer> refused) {
    if (!record.isConsistent()) {
      refused.merge("MISSING_COLUMNS", 1, Integer::sum);
      return;
    }
    var from = record.get(columns.from());
    var to = record.get(columns.to());
    var column = columns.amount().column();
    var time = columns.time() == null ? "" : record.get(columns.time());
    try {
      var amount = columns.amount().amount(column == null ? "" : record.get(column));
      if (amount <= 0) {
        refused.merge("AMOUNT_NOT_POSITIVE", 1, Integer::sum);
      } else if (from.equals(to)) {
        refused.merge("SAME_STAR", 1, Integer::sum);
      } else {
        rows.add(new Row(Math.toIntExact(record.getRecordNumber()), from, to, amount, time));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      refused.merge("MALFORMED_AMOUNT", 1, Integer::sum);
    }
  }

  // Times are numbers or texts that sort as they are, such as ISO 8601.
  private static String timeOf(Row row) {
    return row.time().matches("[0-9]{1,19}")
        ? String.format("%019d", Long.parseLong(row.time()))
        : row.time();
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
