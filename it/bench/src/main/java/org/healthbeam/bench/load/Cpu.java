package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.healthbeam.clusters.Cluster;

/**
 * Seconds of CPU that were used until a time, of all cores.
 *
 * @param own of this process, which sends and reads the rows
 * @param machine of all processes of the machine
 */
record Cpu(double taskManager, double broker, double jobManager, double own, double machine) {
  private static final double TICKS_PER_SECOND = 100;
  private static final int IDLE = 4;
  private static final int WAITING = 5;
  private static final int STOLEN = 8;

  static Cpu of(Servers servers) throws IOException {
    return new Cpu(
        of(servers.taskManager()),
        of(pid(servers.broker(), Servers.BROKER)),
        of(pid(servers.flink(), Servers.JOB_MANAGER)),
        of(ProcessHandle.current().pid()),
        ofMachine());
  }

  private static long pid(Cluster cluster, String server) {
    return cluster.server(server).process().pid();
  }

  private static double of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static double ofMachine() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/stat"))) {
      String[] fields = lines.findFirst().orElseThrow().split("\\s+");
      long busy = 0;
      for (int i = 1; i < STOLEN; i++) {
        busy += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
      }
      return busy / TICKS_PER_SECOND;
    }
  }

  /** Returns what was used since. */
  Cpu since(Cpu before) {
    return new Cpu(
        taskManager - before.taskManager,
        broker - before.broker,
        jobManager - before.jobManager,
        own - before.own,
        machine - before.machine);
  }

  /** Returns what none of ours used. */
  double others() {
    return machine - taskManager - broker - jobManager - own;
  }
}
