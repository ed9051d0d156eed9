package org.healthbeam.pipelines.monitorvitals;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.text.PartFiles;
import org.healthbeam.io.text.WriteParts;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.pipelines.run.StreamOptions.Revisions;
import org.joda.time.Duration;

/**
 * The tables of {@link MonitorVitals}: of a batch one file each; of a stream parts in a folder as
 * rows come, which become that one file when the stream has ended.
 */
final class VitalTables {
  private static final String TSV = ".tsv";

  private final String output;
  private final ResultTables tables;
  private final boolean all;
  private final List<ScoreDefinition> scores;
  private final boolean alerts;
  private final boolean artefacts;
  private final Optional<VitalTopics> topics;

  /** Whether lines have the columns that tell revisions apart. */
  private final boolean revised;

  VitalTables(MonitorVitalsOptions options, VitalSettings settings) {
    this.scores = settings.scores();
    this.alerts = settings.alerts().isPresent();
    this.artefacts = settings.artefacts().isPresent();
    this.output = options.getOutput();
    this.tables =
        ResultTables.checked(output, options.getFormat())
            .parted(Parting.checked(options.getPartitionBy()));
    this.all = tellsAll(options);
    this.topics = VitalTopics.of(options);
    this.revised = all || topics.isPresent();
  }

  /** Says whether all rows of a stream are written, or final ones only. */
  static boolean tellsAll(MonitorVitalsOptions options) {
    return options.getRevisions() == null
        ? VitalInput.hasTopics(options)
        : options.getRevisions() == Revisions.ALL;
  }

  void writeSummaries(PCollection<VitalSummary> summaries) {
    PCollection<VitalSummary> told =
        all ? summaries : summaries.apply("Final summaries", Filter.by(VitalSummary::isFinal));
    write(told, "summary", "summaries", new SummaryLines(), SummaryLines.COLUMNS);
  }

  void writeScores(PCollection<EarlyWarningScore> rows) {
    PCollection<EarlyWarningScore> told =
        all
            ? rows
            : rows.apply("Final scores", Filter.by(row -> row.isFinal() && !row.withdrawn()));
    write(
        told,
        "score",
        "scores",
        new ScoreLines(scores, revised),
        ScoreLines.columns(scores, revised));
  }

  /** Writes all revisions: which is the last cannot be told of one row. */
  void writeArtefacts(PCollection<VitalArtefact> rows) {
    write(rows, "artefact", "artefacts", new ArtefactLines(), ArtefactLines.COLUMNS);
  }

  void writeAlerts(PCollection<Alert> rows) {
    if (rows.isBounded() == IsBounded.UNBOUNDED) {
      rows.apply("Measure alerts", ParDo.of(new MeasureAlerts(Clock.systemUTC())))
          .setCoder(VoidCoder.of());
    }
    PCollection<Alert> told = all ? rows : rows.apply("Final alerts", Filter.by(Alert::isFinal));
    write(told, "alert", "alerts", new AlertLines(revised), AlertLines.columns(revised));
  }

  void writeBurden(PCollection<AlertBurden> rows) {
    write(rows, "burden", "burden", new BurdenLines(), BurdenLines.COLUMNS);
  }

  void writeQuality(PCollection<KV<QualityItem, Long>> rows) {
    write(rows, "quality count", "quality", new QualityLines(), QualityLines.COLUMNS);
  }

  void writeGaps(PCollection<ReadingGaps> rows) {
    write(rows, "gap", "gaps", new GapLines(), GapLines.COLUMNS);
  }

  private <T> void write(
      PCollection<T> rows, String row, String table, DoFn<T, String> format, Columns columns) {
    String name = Character.toUpperCase(row.charAt(0)) + row.substring(1);
    if (rows.isBounded() == IsBounded.BOUNDED) {
      PCollection<String> lines =
          rows.apply(name + " rows together", together())
              .apply(name + " lines", ParDo.of(format))
              .setCoder(StringUtf8Coder.of());
      tables.write(lines, "Write " + table, table, columns);
      return;
    }
    PCollection<String> lines =
        rows.apply(name + " lines", ParDo.of(format)).setCoder(StringUtf8Coder.of());
    if (topics.isPresent() && topics.get().take(lines, table, columns.names())) {
      return;
    }
    lines.apply(
        "Write " + table + " as they come",
        WriteParts.to(Location.in(output, table), TSV)
            .withHeader(String.join("\t", columns.names())));
  }

  /** Sends what goes to topics, after all tables. */
  void send() {
    topics.ifPresent(VitalTopics::send);
  }

  /** Makes one file of the parts of each table. */
  void joinParts() throws IOException {
    join("quality", QualityLines.COLUMNS);
    join("gaps", GapLines.COLUMNS);
    if (topics.isPresent()) {
      return;
    }
    join("summaries", SummaryLines.COLUMNS);
    join("scores", ScoreLines.columns(scores, all));
    if (artefacts) {
      join("artefacts", ArtefactLines.COLUMNS);
    }
    if (alerts) {
      join("alerts", AlertLines.columns(all));
      join("burden", BurdenLines.COLUMNS);
    }
  }

  private void join(String table, Columns columns) throws IOException {
    PartFiles.join(
        Location.in(output, table),
        TSV,
        String.join("\t", columns.names()),
        Location.in(output, table + TSV));
  }

  private static <T> Window<T> together() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }
}
