package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.bench.WholeProcess;

/**
 * The memory of another JVM.
 *
 * @param heapBytes that are used after all garbage was collected
 * @param residentBytes of the process
 */
record Memory(long heapBytes, long residentBytes) {
  /** Of the generations of the serial collector, or of the heap of others. */
  private static final Pattern USED =
      Pattern.compile("(?:heap|generation)\\s+total \\d+K, used (\\d+)K");

  private static final int KILOBYTE = 1024;
  private static final double TICKS_PER_SECOND = 100;

  /** Collects the garbage of a process, which stops it for a moment. */
  static Memory afterCollection(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    Matcher used = USED.matcher(String.join("\n", jcmd(pid, "GC.heap_info")));
    long heap = 0;
    while (used.find()) {
      heap += Long.parseLong(used.group(1)) * KILOBYTE;
    }
    return new Memory(heap, resident(pid));
  }

  private static List<String> jcmd(long pid, String what) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    return WholeProcess.run(List.of(jcmd, Long.toString(pid), what)).output();
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

  /** Returns the seconds that a process has used, of all cores. */
  static double cpuSeconds(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }
}
