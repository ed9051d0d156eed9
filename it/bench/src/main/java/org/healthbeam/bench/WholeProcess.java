package org.healthbeam.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A process that was run to its end.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds that it and its children used, on all cores; of the system's resolution
 * @param secondsToFirstLine from its start to its first line of output
 * @param peakBytes the greatest resident memory of the process of the command or of one that it
 *     started, as last seen before it ended; looked at every hundredth of a second
 * @param output its lines
 */
public record WholeProcess(
    double seconds,
    double cpuSeconds,
    double secondsToFirstLine,
    long peakBytes,
    List<String> output) {
  private static final double TICKS_PER_SECOND = 100;
  private static final String PEAK = "VmHWM:";
  private static final long BETWEEN_LOOKS_MS = 10;

  /** Runs a command; its output for errors goes to this process's. */
  public static WholeProcess run(List<String> command) throws IOException, InterruptedException {
    double cpuBefore = cpuOfEndedChildren();
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    AtomicLong peak = new AtomicLong();
    Thread watch = new Thread(() -> watch(process, peak), "peak memory");
    watch.setDaemon(true);
    watch.start();
    List<String> output = new ArrayList<>();
    double first = Double.NaN;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (output.isEmpty()) {
          first = (System.nanoTime() - begun) / 1e9;
        }
        output.add(line);
      }
    }
    int status = process.waitFor();
    double seconds = (System.nanoTime() - begun) / 1e9;
    watch.join();
    if (status != 0) {
      throw new IOException("Exit status " + status + ": " + String.join(" ", command));
    }
    return new WholeProcess(seconds, cpuOfEndedChildren() - cpuBefore, first, peak.get(), output);
  }

  private static void watch(Process process, AtomicLong peak) {
    while (process.isAlive()) {
      Stream.concat(Stream.of(process.toHandle()), process.descendants())
          .mapToLong(each -> peakOf(each.pid()))
          .forEach(bytes -> peak.accumulateAndGet(bytes, Math::max));
      try {
        Thread.sleep(BETWEEN_LOOKS_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static long peakOf(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
        if (line.startsWith(PEAK)) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
    } catch (IOException e) {
      // It has ended meanwhile.
    }
    return 0;
  }

  /** Returns a command that starts a class of this class path in a JVM of its own. */
  public static List<String> java(Class<?> main, List<String> jvm, String... args) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** Fields 16 and 17 of Linux's stat, counted behind the name, which may have spaces. */
  private static double cpuOfEndedChildren() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
  }
}
