package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.bench.WholeProcess;

/**
 * The memory of another JVM.
 *
 * @param atMs when it was looked at
 * @param classes bytes of what is used after all garbage was collected, by class
 * @param residentBytes of the process
 */
record Memory(long atMs, Map<String, Long> classes, long residentBytes) {
  /** Such as {@code 1: 400713 26154416 [B (java.base@17.0.15)}. */
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

  private static final int KILOBYTE = 1024;

  /** Collects the garbage of a process, which stops it for a moment. */
  static Memory afterCollection(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    long at = System.currentTimeMillis();
    List<String> lines =
        WholeProcess.run(List.of(jcmd, Long.toString(pid), "GC.class_histogram")).output();
    Map<String, Long> classes = new TreeMap<>();
    for (String line : lines) {
      Matcher matcher = CLASS.matcher(line);
      if (matcher.matches()) {
        classes.merge(matcher.group(2), Long.parseLong(matcher.group(1)), Long::sum);
      }
    }
    return new Memory(at, classes, resident(pid));
  }

  /** Returns what is used of the heap after all garbage was collected. */
  long heapBytes() {
    return classes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns what a process takes of the memory of the machine. */
  static long resident(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * KILOBYTE;
      }
    }
    throw new IOException("The process has ended");
  }
}
