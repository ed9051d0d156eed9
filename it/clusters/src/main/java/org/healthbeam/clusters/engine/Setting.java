package org.healthbeam.clusters.engine;

import java.nio.file.Path;
import java.util.List;
import org.healthbeam.clusters.FreePorts;
import org.healthbeam.clusters.Sizes;

/**
 * Where a cluster is to stand.
 *
 * @param root the source tree, in which Maven listed the engines' jars
 * @param folder of its state; one for each engine, side by side
 * @param sizes how large it is
 * @param ports that are free
 * @param metrics whether Flink's servers tell their metrics in the form of Prometheus
 * @param rpcProxies by which Flink's servers come to each other: of the JobManager and of each
 *     TaskManager; empty: they come to each other directly
 */
public record Setting(
    Path root,
    Path folder,
    Sizes sizes,
    FreePorts ports,
    boolean metrics,
    List<RpcProxy> rpcProxies) {

  /**
   * Something on this machine by which a server is reached.
   *
   * @param port where others come in
   * @param leadsTo the port that the server itself has
   */
  public record RpcProxy(int port, int leadsTo) {}

  public Setting {
    rpcProxies = List.copyOf(rpcProxies);
    int servers = sizes.workers() + 1;
    if (!rpcProxies.isEmpty() && rpcProxies.size() != servers) {
      throw new IllegalArgumentException(
          "--rpcProxy stands for the JobManager and for each TaskManager: %d times, not %d"
              .formatted(servers, rpcProxies.size()));
    }
  }

  /** Servers come to each other directly. */
  public Setting(Path root, Path folder, Sizes sizes, FreePorts ports, boolean metrics) {
    this(root, folder, sizes, ports, metrics, List.of());
  }
}
