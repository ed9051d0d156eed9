package org.healthbeam.clusters.engine;

import java.io.IOException;
import java.util.Locale;
import org.healthbeam.clusters.Plan;
import org.healthbeam.clusters.Sizes;

/** What a cluster can be of, with what it is unless asked otherwise. */
public enum Engine {
  FLINK(2, 2, 1536),
  SPARK(2, 2, 1536),
  KAFKA(1, 1, 512),
  HDFS(2, 1, 512),
  YARN(2, 2, 1536);

  private final int workers;
  private final int slots;
  private final int megabytes;

  Engine(int workers, int slots, int megabytes) {
    this.workers = workers;
    this.slots = slots;
    this.megabytes = megabytes;
  }

  /** Returns its name as users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns its sizes; what is 0 is as usual. */
  public Sizes sizes(int askedWorkers, int askedSlots, int askedMegabytes, int port) {
    if (this == KAFKA && askedWorkers > 1) {
      throw new IllegalArgumentException("--workers: Kafka is one broker");
    }
    return new Sizes(
        askedWorkers == 0 ? workers : askedWorkers,
        askedSlots == 0 ? slots : askedSlots,
        askedMegabytes == 0 ? megabytes : askedMegabytes,
        port);
  }

  /** Returns a plan of its servers. */
  public Plan plan(Setting setting, KafkaBroker.Wishes wishes) throws IOException {
    return switch (this) {
      case FLINK -> FlinkSession.plan(setting);
      case SPARK -> SparkStandalone.plan(setting);
      case KAFKA -> KafkaBroker.plan(setting, wishes);
      case HDFS -> HdfsCluster.plan(setting);
      case YARN -> YarnCluster.plan(setting);
    };
  }
}
