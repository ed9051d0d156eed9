package org.healthbeam.clusters.engine;

import java.nio.file.Path;
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
 */
public record Setting(Path root, Path folder, Sizes sizes, FreePorts ports, boolean metrics) {}
