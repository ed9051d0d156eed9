package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run on a cluster writes to HDFS, looked at while it goes on: under the name of a result
 * there is only what is whole.
 */
final class HdfsRun {
  /** What is done again and again while a run goes on. */
  interface Look {
    void look() throws Exception;
  }

  private final HdfsFiles hdfs;
  private final String output;
  private final Map<String, Long> seen = new TreeMap<>();
  private final String toKill;
  private boolean killed;

  /**
   * Looks at a run.
   *
   * @param output the folder without the address
   * @param toKill a DataNode that is to be killed in the midst of the run, or empty
   */
  HdfsRun(HdfsFiles hdfs, String output, String toKill) {
    this.hdfs = hdfs;
    this.output = output;
    this.toKill = toKill;
  }

  /** Looks once; kills when there are parts of results. */
  void look() throws Exception {
    Map<String, Long> there = hdfs.list(output);
    boolean parts = there.keySet().stream().anyMatch(HdfsRun::isPart);
    there.keySet().removeIf(HdfsRun::isHidden);
    there.forEach(seen::putIfAbsent);
    if (parts && !toKill.isEmpty() && !killed) {
      assertFalse(there.containsKey("run.json"), "the run has not ended");
      hdfs.servers().kill(toKill);
      killed = true;
    }
  }

  /** Copies what the run has written to the local disk, after its end. */
  Path results(Path local) throws Exception {
    assertEquals(!toKill.isEmpty(), killed, "the run ended before there was anything to kill");
    Map<String, Long> there = hdfs.list(output);
    seen.forEach((name, size) -> assertEquals(there.get(name), size, name));
    hdfs.get(output, local);
    if (killed) {
      hdfs.servers().start(toKill);
    }
    return local;
  }

  private static boolean isHidden(String name) {
    return name.startsWith(".") || name.contains("/.");
  }

  private static boolean isPart(String name) {
    return name.startsWith(".temp-beam-parts-") && name.contains("/");
  }
}
