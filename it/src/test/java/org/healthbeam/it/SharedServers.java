package org.healthbeam.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.io.cluster.ClusterProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Servers and sessions that the tests of this JVM share: who asks first starts them, and they end
 * when the last test has. After a failure their logs stay.
 */
final class SharedServers implements BeforeAllCallback, TestWatcher {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(SharedServers.class);

  private Started started;

  @Override
  public void beforeAll(ExtensionContext context) {
    started =
        context
            .getRoot()
            .getStore(OURS)
            .getOrComputeIfAbsent("servers", key -> new Started(), Started.class);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    started.failed = true;
  }

  /** Returns HDFS with two DataNodes. */
  HdfsFiles hdfs() throws IOException {
    return started.get("hdfs", HdfsFiles.class, HdfsFiles::up);
  }

  /** Returns a Flink session cluster: two TaskManagers of two slots; it tells its metrics. */
  ClusterProcess flink() throws IOException {
    return cluster("flink", "--metrics");
  }

  /** Returns a Spark standalone cluster: two workers of two cores. */
  ClusterProcess spark() throws IOException {
    return cluster("spark");
  }

  private ClusterProcess cluster(String engine, String... more) throws IOException {
    List<String> options = new ArrayList<>(List.of("--workers=2", "--slots=2"));
    options.addAll(List.of(more));
    return started.get(
        engine,
        ClusterProcess.class,
        folder -> ClusterProcess.up(engine, folder, options.toArray(String[]::new)));
  }

  /** Returns a session of the direct runner, which finds HDFS. */
  HealthBeamSession direct() throws IOException {
    Map<String, String> environment = hdfs().environment();
    return started.get(
        "direct",
        HealthBeamSession.class,
        folder -> HealthBeamSession.embedded("direct", environment, folder));
  }

  /** Something that is started with a folder for what it logs. */
  private interface Start<T> {
    T in(Path folder) throws IOException;
  }

  private static final class Started implements ExtensionContext.Store.CloseableResource {
    private final Map<String, AutoCloseable> all = new LinkedHashMap<>();
    private Path folder;
    private boolean failed;

    <T extends AutoCloseable> T get(String name, Class<T> type, Start<T> start) throws IOException {
      if (folder == null) {
        folder = Files.createTempDirectory("healthbeam-servers-");
      }
      AutoCloseable there = all.get(name);
      if (there == null) {
        boolean before = failed;
        failed = true;
        there = start.in(folder.resolve(name));
        failed = before;
        all.put(name, there);
      }
      return type.cast(there);
    }

    @Override
    public void close() throws Exception {
      List<AutoCloseable> lastFirst = new ArrayList<>(all.values());
      Collections.reverse(lastFirst);
      Exception first = null;
      for (AutoCloseable each : lastFirst) {
        try {
          each.close();
        } catch (Exception e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throw first;
      }
      if (folder != null && !failed) {
        try (Stream<Path> inside = Files.walk(folder)) {
          inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
      }
    }
  }
}
