package org.healthbeam.transforms.runner;

import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptions;

/** The runners that are known here, by what they run on. */
public enum Engine {
  /** Beam's direct runner, in this JVM. */
  DIRECT,
  /** Apache Flink, in this JVM or on a cluster. */
  FLINK,
  /** Apache Spark, in this JVM or on a cluster. */
  SPARK,
  /** One that nobody has asked yet: it is taken at its word. */
  OTHER;

  /**
   * Tells the engine from the name of the runner's class, so that no runner need be present.
   *
   * @param options of the pipeline
   * @return the engine
   */
  public static Engine of(PipelineOptions options) {
    String runner = options.getRunner().getSimpleName();
    for (Engine engine : values()) {
      if (runner.toUpperCase(Locale.ROOT).contains(engine.name())) {
        return engine;
      }
    }
    return OTHER;
  }
}
