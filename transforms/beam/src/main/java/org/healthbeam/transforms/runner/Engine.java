package org.healthbeam.transforms.runner;

import java.util.Locale;
import org.apache.beam.sdk.options.PipelineOptions;

/** The runners that are known here, by what they run on. */
public enum Engine {
  DIRECT,
  FLINK,
  SPARK,
  /** One that nobody has asked yet: it is taken at its word. */
  OTHER;

  /** Tells the engine from the name of the runner's class, so that no runner need be present. */
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
