package org.healthbeam.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that was run to its end.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds that it and its children used, on all cores; of the system's resolution
 * @param secondsToFirstLine from its start to its first line of output
 * @param output its lines
 */
record WholeProcess(
    double seconds, double cpuSeconds, double secondsToFirstLine, List<String> output) {
  private static final double TICKS_PER_SECOND = 100;

  /** Runs a command; its output for errors goes to this process's. */
  static WholeProcess run(List<String> command) throws IOException, InterruptedException {
    double cpuBefore = cpuOfEndedChildren();
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
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
    if (status != 0) {
      throw new IOException("Exit status " + status + ": " + String.join(" ", command));
    }
    return new WholeProcess(seconds, cpuOfEndedChildren() - cpuBefore, first, output);
  }

  /** Returns a command that starts a class of this class path in a JVM of its own. */
  static List<String> java(Class<?> main, List<String> jvm, String... args) {
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
