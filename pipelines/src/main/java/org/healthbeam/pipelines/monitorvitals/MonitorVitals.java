package org.healthbeam.pipelines.monitorvitals;

import com.google.auto.service.AutoService;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.io.hl7v2.ResultMessages;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.text.ReadJson;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.CheckPlausibility;
import org.healthbeam.transforms.vital.ConvertUnits;
import org.healthbeam.transforms.vital.ParseVitals;
import org.healthbeam.transforms.vital.RefuseLate;
import org.healthbeam.transforms.vital.Vitals;
import org.joda.time.Duration;

/** Vital signs in; summaries of windows and early-warning scores out. */
@AutoService(HealthPipeline.class)
@SuppressWarnings("rawtypes") // A service is named by its raw type.
public final class MonitorVitals implements HealthPipeline<MonitorVitalsOptions> {

  public static void main(String[] args) {
    System.exit(PipelineRun.run(new MonitorVitals(), args));
  }

  @Override
  public Class<MonitorVitalsOptions> optionsClass() {
    return MonitorVitalsOptions.class;
  }

  @Override
  public void check(MonitorVitalsOptions options) throws UsageException {
    VitalSettings.of(options);
    VitalFiles files = VitalFiles.of(options.getInput());
    if (!files.json().isEmpty() && !files.tables().isEmpty()) {
      throw new UsageException(
          "--input has FHIR files (%s) and tables (%s); read them in two runs"
              .formatted(files.json().get(0), files.tables().get(0)));
    }
  }

  @Override
  public Set<String> outputs() {
    return Set.of("summaries.tsv", "scores.tsv");
  }

  @Override
  public void build(Pipeline pipeline, MonitorVitalsOptions options, Rejects rejects) {
    VitalSettings settings;
    VitalFiles files;
    try {
      settings = VitalSettings.of(options);
      files = VitalFiles.of(options.getInput());
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    PCollection<InputRecord> records =
        files.json().isEmpty()
            ? pipeline.apply("Read lines", ReadLines.from(files.tables()).rejectedTo(rejects))
            : pipeline.apply("Read FHIR", ReadJson.from(files.json()).rejectedTo(rejects));
    VitalOutputs outputs = monitor(records, settings, rejects);
    outputs
        .summaries()
        .apply("Summaries together", together())
        .apply("Summary lines", ParDo.of(new SummaryLines()))
        .apply(
            "Write summaries",
            WriteTsv.to(Location.in(options.getOutput(), "summaries.tsv"))
                .withColumns(SummaryLines.COLUMNS));
    outputs
        .scores()
        .apply("Scores together", together())
        .apply("Score lines", ParDo.of(new ScoreLines(settings.scores())))
        .apply(
            "Write scores",
            WriteTsv.to(Location.in(options.getOutput(), "scores.tsv"))
                .withColumns(ScoreLines.columns(settings.scores())));
  }

  /** Returns the summaries and scores of records, bounded or not. */
  public static VitalOutputs monitor(
      PCollection<InputRecord> records, VitalSettings settings, Rejects rejects) {
    PCollection<VitalReading> readings =
        records.apply("Parse vital signs", parse(settings).rejectedTo(rejects));
    if (settings.pseudonyms().isPresent()) {
      readings =
          readings.apply("Pseudonymize subjects", Vitals.pseudonymize(settings.pseudonyms().get()));
    }
    PCollection<VitalSign> signs =
        readings.apply(
            "Convert units", Vitals.convertUnits().after(ParseVitals.STAGE).rejectedTo(rejects));
    PCollectionTuple checked =
        signs.apply(
            "Check plausibility",
            Vitals.checkPlausibility(settings.policy())
                .after(ConvertUnits.STAGE)
                .rejectedTo(rejects));
    PCollection<VitalSign> inTime =
        checked
            .get(CheckPlausibility.PLAUSIBLE)
            .apply(
                "Refuse late readings",
                Vitals.refuseLate(settings.window(), settings.allowedLateness())
                    .after(CheckPlausibility.STAGE)
                    .rejectedTo(rejects));
    return new VitalOutputs(
        inTime.apply(
            "Summarize vital signs",
            Vitals.summarize(settings.window())
                .withAllowedLateness(settings.allowedLateness())
                .withExpectedIntervals(settings.expected())
                .countingImplausible(checked.get(CheckPlausibility.IMPLAUSIBLE))
                .after(RefuseLate.STAGE)
                .rejectedTo(rejects)),
        inTime.apply(
            "Score",
            Vitals.score(settings.scores().toArray(ScoreDefinition[]::new))
                .withHorizons(settings.horizons())
                .withPeriod(settings.scorePeriod())
                .withAllowedLateness(settings.allowedLateness())
                .withSpo2Scale2(settings.spo2Scale2())));
  }

  private static ParseVitals parse(VitalSettings settings) {
    ParseVitals parse =
        Vitals.parse()
            .withColumns(settings.columns())
            .withTimeZone(settings.zone())
            .withHeaders(new FileHeaders())
            .withMessages(new ResultMessages());
    return settings
        .localCodes()
        .map(local -> parse.withMaps(local.maps(), local.tableSystem()))
        .orElse(parse);
  }

  private static <T> Window<T> together() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }
}
