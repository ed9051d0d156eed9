package org.healthbeam.pipelines.monitorvitals;

import java.time.Duration;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.io.replay.ReplayFiles;
import org.healthbeam.io.replay.ReplayOrder;
import org.healthbeam.io.replay.ReplaySpeed;
import org.healthbeam.io.text.ReadJson;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.StreamOptions;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;

/** Reads what {@code --input} names, as a batch or as a stream. */
final class VitalInput {
  private static final String AS_FAST_AS_IT_GOES = "max";

  private VitalInput() {}

  static PCollection<InputRecord> records(
      Pipeline pipeline, MonitorVitalsOptions options, VitalSettings settings, Rejects rejects) {
    VitalFiles files = files(options);
    if (options.isStreaming()) {
      VitalTimes times = new VitalTimes(MonitorVitals.parse(settings).earliestTimes());
      return pipeline.apply(
          "Replay files",
          ReplayFiles.of(files.tables(), files.json(), times)
              .inOrder(order(options))
              .atSpeed(speed(options))
              .rejectedTo(rejects));
    }
    return files.json().isEmpty()
        ? pipeline.apply("Read lines", ReadLines.from(files.tables()).rejectedTo(rejects))
        : pipeline.apply("Read FHIR", ReadJson.from(files.json()).rejectedTo(rejects));
  }

  /** Refuses what the options of streams may not be. */
  static void check(MonitorVitalsOptions options) throws UsageException {
    ShortDuration.parse("maxDelay", options.getMaxDelay());
    String speed = options.getReplaySpeed();
    if (!speed.equals(AS_FAST_AS_IT_GOES) && !(Double.parseDouble(speed) > 0)) {
      throw new UsageException("--replaySpeed=%s is not above 0".formatted(speed));
    }
    VitalFiles files = VitalFiles.of(options.getInput());
    if (!files.json().isEmpty() && !files.tables().isEmpty()) {
      throw new UsageException(
          "--input has FHIR files (%s) and tables (%s); read them in two runs"
              .formatted(files.json().get(0), files.tables().get(0)));
    }
  }

  private static VitalFiles files(MonitorVitalsOptions options) {
    try {
      return VitalFiles.of(options.getInput());
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static ReplaySpeed speed(MonitorVitalsOptions options) {
    String speed = options.getReplaySpeed();
    return speed.equals(AS_FAST_AS_IT_GOES)
        ? ReplaySpeed.MAX
        : new ReplaySpeed(Double.parseDouble(speed));
  }

  private static ReplayOrder order(MonitorVitalsOptions options) {
    if (options.getReplayOrder() == StreamOptions.ReplayOrder.TIME) {
      return ReplayOrder.EVENT_TIME;
    }
    try {
      Duration delay = ShortDuration.parse("maxDelay", options.getMaxDelay());
      return ReplayOrder.asInFiles(delay);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
