package org.healthbeam.pipelines.summarizevariants;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.text.NewestRows;
import org.healthbeam.io.text.WriteParts;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.transforms.files.ResultFiles;
import org.healthbeam.transforms.variant.join.SummaryRevisions;

/**
 * The files of samples that arrive: parts of revised rows in folders, which become the files of a
 * batch when the stream has ended.
 */
final class ArrivingFiles {
  private static final String TSV = ".tsv";
  private static final String JSON = ".jsonl";

  private final String output;

  ArrivingFiles(SummarizeVariantsOptions options) {
    this.output = options.getOutput();
  }

  /** Writes what comes. */
  void write(SummaryRevisions revisions, @Nullable PayloadHash pseudonyms) {
    write(
        revisions.variants().apply("Variant rows", ParDo.of(new RevisedTables.Variants())),
        "variants",
        VariantTable.columns(false));
    PCollection<TotalsRevision> totals = revisions.totals();
    write(
        totals.apply("Sample rows", ParDo.of(new RevisedTables.Samples(pseudonyms))),
        "samples",
        SampleTable.columns(false));
    write(
        totals.apply("Region rows", ParDo.of(new RevisedTables.Windows())),
        "regions",
        RegionTable.columns(false));
    totals
        .apply("Cohort lines", ParDo.of(new RevisedTables.Cohort()))
        .apply("Write cohort as it comes", WriteParts.to(Location.in(output, "cohort"), JSON));
  }

  private void write(PCollection<String> rows, String table, Columns columns) {
    rows.apply(
        "Write " + table + " as they come",
        WriteParts.to(Location.in(output, table), TSV)
            .withHeader(header(RevisedTables.revised(columns))));
  }

  private static String header(Columns columns) {
    return String.join("\t", columns.names());
  }

  /** Makes the files of a batch of the parts: what holds at the end. */
  void join() throws IOException {
    join("variants", VariantTable.columns(false), RevisedTables.Variants.KEY);
    join("samples", SampleTable.columns(false), RevisedTables.Samples.KEY);
    join("regions", RegionTable.columns(false), RevisedTables.Windows.KEY);
    joinCohort();
  }

  private void join(String table, Columns columns, int... key) throws IOException {
    new NewestRows(Location.in(output, table), TSV, key)
        .join(header(columns), Location.in(output, table + TSV));
  }

  private void joinCohort() throws IOException {
    List<ResourceId> parts =
        FileSystems.match(Location.in(output, "cohort/part-*" + JSON), EmptyMatchTreatment.ALLOW)
            .metadata()
            .stream()
            .map(MatchResult.Metadata::resourceId)
            .sorted(Comparator.comparing(ResourceId::toString))
            .toList();
    String newest = newest(parts);
    String document =
        newest == null
            ? new CohortDocument(false, null).json(new CohortTotals())
            : withoutRevision(newest);
    ResourceId file = FileSystems.matchNewResource(Location.in(output, "cohort.json"), false);
    try (Writer out =
        Channels.newWriter(ResultFiles.create(file, "application/json"), StandardCharsets.UTF_8)) {
      out.write(document);
      out.write('\n');
    }
    FileSystems.delete(parts);
  }

  @Nullable
  private static String newest(List<ResourceId> parts) throws IOException {
    String newest = null;
    long revision = 0;
    for (ResourceId part : parts) {
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  Channels.newInputStream(FileSystems.open(part)), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          long here = revisionOf(line);
          if (here > revision) {
            revision = here;
            newest = line;
          }
        }
      }
    }
    return newest;
  }

  private static long revisionOf(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      json.nextToken();
      json.nextToken();
      return json.nextLongValue(0);
    }
  }

  /** Numbers stay as they are written. */
  private static String withoutRevision(String line) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser from = new JsonFactory().createParser(line);
        JsonGenerator to = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        if (token == JsonToken.FIELD_NAME
            && from.currentName().equals(RevisedTables.REVISION)
            && from.getParsingContext().getParent().inRoot()) {
          from.nextToken();
        } else if (token.isNumeric()) {
          to.writeNumber(from.getText());
        } else {
          to.copyCurrentEvent(from);
        }
      }
    }
    return text.toString();
  }
}
