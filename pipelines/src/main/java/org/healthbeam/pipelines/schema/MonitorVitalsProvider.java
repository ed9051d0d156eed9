package org.healthbeam.pipelines.schema;

import com.google.auto.service.AutoService;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.pipelines.monitorvitals.VitalOutputs;
import org.healthbeam.pipelines.monitorvitals.VitalRows;
import org.healthbeam.pipelines.monitorvitals.VitalSettings;
import org.healthbeam.pipelines.run.PseudonymKey;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;

/** Summarizes and scores vital signs, and tells alerts. */
@AutoService(SchemaTransformProvider.class)
public final class MonitorVitalsProvider extends OptionsProvider<MonitorVitalsOptions> {
  /** For the service loader. */
  public MonitorVitalsProvider() {
    super(
        "monitor_vitals",
        MonitorVitalsOptions.class,
        List.of(),
        List.of(
            "window",
            "slide",
            "sessionGap",
            "ladder",
            "allowedLateness",
            "horizon",
            "scores",
            "alerts",
            "plausibility",
            "artefacts",
            "timeZone",
            "pseudonymKeyFile"),
        true);
  }

  @Override
  public String description() {
    return "Summarizes vital signs in windows, scores them and tells alerts. Rows have the columns"
        + " subject, time, kind_or_code, value, unit.";
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of("input");
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of("summaries", "scores", "alerts", "burden");
  }

  @Override
  void check(MonitorVitalsOptions options) {
    settings(options);
  }

  private static VitalSettings settings(MonitorVitalsOptions options) {
    try {
      return VitalSettings.of(options);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  Rejects rejects(MonitorVitalsOptions options) {
    return ofKey(options.getPseudonymKeyFile());
  }

  static Rejects ofKey(@Nullable String file) {
    try {
      return Rejects.with(PseudonymKey.read(file));
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  @Override
  PCollectionRowTuple expand(
      PCollectionRowTuple input, MonitorVitalsOptions options, @Nullable Rejects rejects) {
    VitalOutputs outputs =
        MonitorVitals.monitor(
            input.getSinglePCollection().apply("Vital signs", VitalRows.asRecords()),
            settings(options),
            rejects);
    PCollectionRowTuple rows =
        PCollectionRowTuple.of(
            "summaries",
            AsRows.of("summaries", outputs.summaries()),
            "scores",
            AsRows.of("scores", outputs.scores()));
    if (outputs.alerts().isPresent() && outputs.burden().isPresent()) {
      return rows.and("alerts", AsRows.of("alerts", outputs.alerts().get()))
          .and("burden", AsRows.of("burden", outputs.burden().get()));
    }
    return rows;
  }
}
