package org.constellation.local.command;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the end of a process's log. */
@Command(
    name = "logs",
    description = "Shows the end of one process's log.",
    mixinStandardHelpOptions = true)
final class Logs implements Callable<Integer> {

  private static final int CHUNK_BYTES_MAX = 256 * 1024;
  private static final Duration POLL = Duration.ofMillis(200);

  @Mixin private final DataOption data = new DataOption();

  private String name = "";

  @Option(names = "--lines", description = "How many (default: ${DEFAULT-VALUE}).")
  private int lines = 100;

  @Option(names = "--follow", description = "Go on showing what is added.")
  private boolean follow;

  @Parameters(paramLabel = "NAME", description = "The name that `status` shows.")
  void named(String process) {
    name = process;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var network = data.network();
    var logs = network.processes().logs();
    var log = logs.resolve(name + ".log");
    if (!name.matches("[a-z0-9-]+") || !Files.exists(log)) {
      throw DataOption.unknown(network, "log", name, namesIn(logs));
    }
    var end = Files.size(log);
    var begin = Math.max(0, end - CHUNK_BYTES_MAX);
    var tail = read(log, begin, end).lines().toList();
    tail.subList(Math.max(0, tail.size() - lines), tail.size()).forEach(System.out::println);
    while (follow) {
      Thread.sleep(POLL);
      var size = Files.size(log);
      var from = size < end ? 0 : end; // emptied: it was turned over
      var to = Math.min(size, from + CHUNK_BYTES_MAX);
      System.out.print(read(log, from, to));
      end = to;
    }
    return 0;
  }

  private static List<String> namesIn(Path logs) throws IOException {
    if (!Files.exists(logs)) {
      return List.of();
    }
    try (var files = Files.list(logs)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(file -> file.endsWith(".log"))
          .map(file -> file.substring(0, file.length() - ".log".length()))
          .sorted()
          .toList();
    }
  }

  private static String read(Path log, long from, long to) throws IOException {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      var bytes = new byte[Math.toIntExact(to - from)];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
