package org.healthbeam.pipelines.monitorvitals;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.io.hl7v2.ResultMessages;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.CheckPlausibility;
import org.healthbeam.transforms.vital.ConvertUnits;
import org.healthbeam.transforms.vital.ParseVitals;
import org.healthbeam.transforms.vital.RefuseLate;
import org.healthbeam.transforms.vital.SummarizeVitals;
import org.healthbeam.transforms.vital.Vitals;
import org.healthbeam.transforms.vital.alert.AcknowledgementCoder;
import org.healthbeam.transforms.vital.alert.AlertVitals;
import org.healthbeam.transforms.vital.quality.Profile;

/** Vital signs in; summaries of windows, early-warning scores and alerts out. */
@AutoService(HealthPipeline.class)
@SuppressWarnings("rawtypes") // A service is named by its raw type.
public final class MonitorVitals implements HealthPipeline<MonitorVitalsOptions> {

  /**
   * Runs the pipeline; the exit status is 0 done, 1 failed, 2 bad usage.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(PipelineRun.run(new MonitorVitals(), args));
  }

  @Override
  public Class<MonitorVitalsOptions> optionsClass() {
    return MonitorVitalsOptions.class;
  }

  @Override
  public List<Class<? extends MonitorVitalsOptions>> templates() {
    return List.of(
        VitalTemplates.Files.class,
        VitalTemplates.Topics.class,
        VitalTemplates.TopicsToTopics.class);
  }

  @Override
  public void check(MonitorVitalsOptions options) throws UsageException {
    VitalSettings.of(options);
    stopTimeout(options);
    VitalInput.check(options);
    VitalTopics.check(options);
    if (!ResultTables.of(options.getOutput(), options.getFormat()).typed().isEmpty()
        && options.isStreaming()) {
      throw new UsageException(
          "--format=%s is for what ends; a stream writes tsv".formatted(options.getFormat()));
    }
    Parting.of(
        options.getPartitionBy(),
        List.of(Parting.DAY),
        ResultTables.of(options.getOutput(), options.getFormat()).typed());
  }

  @Override
  public void writeRejects(PCollection<Rejected> rejected, MonitorVitalsOptions options) {
    VitalTopics.sendDeadLetters(rejected, options);
  }

  /**
   * None where something is sent to topics: what a batch would tell at the end of its input, as
   * that no reading comes any more, cannot be taken back there.
   */
  @Override
  public Duration stopTimeout(MonitorVitalsOptions options) throws UsageException {
    Duration timeout = ShortDuration.parse("stopTimeout", options.getStopTimeout());
    return options.getOutputTopics() == null && options.getDeadLetters() == null
        ? timeout
        : Duration.ZERO;
  }

  @Override
  public Set<String> outputs() {
    Set<String> outputs = new TreeSet<>();
    for (String table :
        List.of("summaries", "scores", "alerts", "burden", "artefacts", "quality", "gaps")) {
      outputs.addAll(ResultTables.files(table));
      outputs.add(table + "/");
    }
    return outputs;
  }

  @Override
  public void finish(MonitorVitalsOptions options) throws IOException {
    if (options.isStreaming()) {
      new VitalTables(options, settings(options)).joinParts();
    }
  }

  @Override
  public void build(Pipeline pipeline, MonitorVitalsOptions options, Rejects rejects) {
    write(VitalInput.records(pipeline, options, settings(options), rejects), options, rejects);
  }

  /**
   * Writes all results of records from somewhere else, as the command would.
   *
   * @param records documents, rows or messages, bounded or not
   * @param options those of the command
   * @param rejects where every stage declares itself and puts its rejects
   */
  public static void write(
      PCollection<InputRecord> records, MonitorVitalsOptions options, Rejects rejects) {
    VitalSettings settings = settings(options);
    Profile profile = Profile.create();
    VitalOutputs outputs = monitor(records, settings, rejects, Optional.of(profile));
    VitalTables tables = new VitalTables(options, settings);
    tables.writeSummaries(outputs.summaries());
    tables.writeScores(outputs.scores());
    outputs.artefacts().ifPresent(tables::writeArtefacts);
    outputs.alerts().ifPresent(tables::writeAlerts);
    outputs.burden().ifPresent(tables::writeBurden);
    tables.writeQuality(profile.counts());
    outputs.gaps().ifPresent(tables::writeGaps);
    tables.send();
  }

  private static VitalSettings settings(MonitorVitalsOptions options) {
    try {
      return VitalSettings.of(options);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * {@return the summaries, scores and alerts of records, bounded or not}
   *
   * @param records documents, rows or messages
   * @param settings what the options say
   * @param rejects where every stage declares itself and puts its rejects
   */
  public static VitalOutputs monitor(
      PCollection<InputRecord> records, VitalSettings settings, Rejects rejects) {
    return monitor(records, settings, rejects, Optional.empty());
  }

  private static VitalOutputs monitor(
      PCollection<InputRecord> records,
      VitalSettings settings,
      Rejects rejects,
      Optional<Profile> profile) {
    PCollection<VitalReading> readings =
        records.apply(
            "Parse vital signs",
            parse(settings).rejectedTo(rejects).profiledTo(profile.orElse(null)));
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
                .rejectedTo(rejects)
                .profiledTo(profile.orElse(null)));
    PCollection<VitalSign> inTime =
        checked
            .get(CheckPlausibility.PLAUSIBLE)
            .apply(
                "Refuse late readings",
                Vitals.refuseLate(settings.windows(), settings.allowedLateness())
                    .after(CheckPlausibility.STAGE)
                    .rejectedTo(rejects));
    Filtered filtered =
        Filtered.of(
            inTime, settings.artefacts(), settings.allowedLateness(), settings.windows(), rejects);
    SummarizeVitals summarize =
        Vitals.summarize(settings.windows())
            .withAllowedLateness(filtered.lateness())
            .withExpectedIntervals(settings.expected())
            .countingImplausible(checked.get(CheckPlausibility.IMPLAUSIBLE))
            .after(RefuseLate.STAGE)
            .rejectedTo(rejects);
    if (settings.earlyFirings().isPresent()) {
      summarize = summarize.withEarlyFirings(settings.earlyFirings().get());
    }
    Optional<PCollectionTuple> alerts =
        settings
            .alerts()
            .map(
                how ->
                    // Of all that is in time: no alarm may hang on what is taken for an artefact.
                    alerts(inTime, settings, how, rejects));
    return new VitalOutputs(
        filtered.signs().apply("Summarize vital signs", summarize),
        filtered
            .signs()
            .apply(
                "Score",
                Vitals.score(settings.scores().toArray(ScoreDefinition[]::new))
                    .withHorizons(settings.horizons())
                    .withPeriod(settings.scorePeriod())
                    .withAllowedLateness(filtered.lateness())
                    .withSpo2Scale2(settings.spo2Scale2())),
        filtered.artefacts(),
        alerts.map(told -> told.get(AlertVitals.ALERTS)),
        alerts.map(told -> told.get(AlertVitals.BURDEN)),
        profile.map(
            p ->
                inTime.apply("Find gaps", Vitals.findGaps().withLateness(longestDelay(settings)))));
  }

  /** How long after its time a reading may come and is in time: for its window, so for all. */
  private static Duration longestDelay(VitalSettings settings) {
    return settings.windows().grain().plus(settings.allowedLateness());
  }

  private static PCollectionTuple alerts(
      PCollection<VitalSign> signs, VitalSettings settings, AlertSettings how, Rejects rejects) {
    AlertVitals alert =
        Vitals.alert(how.rules())
            .withScores(how.scores())
            .withHorizons(settings.horizons())
            .withAllowedLateness(longestDelay(settings))
            .withTolerance(how.tolerance())
            .withSpo2Scale2(settings.spo2Scale2())
            .after(RefuseLate.STAGE)
            .rejectedTo(rejects);
    if (!how.acknowledgements().isEmpty()) {
      // Beam gives the source of what is created no name in Flink's savepoints: with another
      // parallelism a job with such a source cannot go on from one.
      PCollection<Acknowledgement> seen =
          signs
              .getPipeline()
              .apply(
                  "Acknowledgements",
                  Create.of(how.acknowledgements()).withCoder(AcknowledgementCoder.of()));
      alert = alert.acknowledgedBy(seen);
    }
    return signs.apply("Alert", alert);
  }

  static ParseVitals parse(VitalSettings settings) {
    ParseVitals parse =
        Vitals.parse()
            .withColumns(settings.columns())
            .withTimeZone(settings.zone())
            .withHeaders(new FileHeaders(settings.columns()))
            .withMessages(new ResultMessages());
    return settings
        .localCodes()
        .map(local -> parse.withMaps(local.maps(), local.tableSystem()))
        .orElse(parse);
  }
}
