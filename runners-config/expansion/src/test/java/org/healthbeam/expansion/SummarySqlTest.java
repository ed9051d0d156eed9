package org.healthbeam.expansion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.extensions.sql.SqlTransform;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.io.vcf.ReadVcf;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.CodingCoder;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.vital.VitalSignCoder;
import org.healthbeam.transforms.vital.Vitals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Beam SQL over what leaves the transforms; what is expected is counted without them. */
@ExtendWith(TestPipelineExtension.class)
class SummarySqlTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("healthbeam.root")).resolve("samples/data");
  private static final Instant START = Instant.parse("2024-01-31T23:00:00Z");
  private static final int HOURS = 3;
  private static final int AN_HOUR = 12;

  private static double pulse(int subject, int minute) {
    return 60 + 10 * subject + minute % 7;
  }

  private static PCollection<VitalSign> signs(TestPipeline pipeline) {
    List<TimestampedValue<VitalSign>> signs = new ArrayList<>();
    for (int subject = 0; subject < 3; subject++) {
      for (int minute = 0; minute < HOURS * 60; minute += 60 / AN_HOUR) {
        Instant time = START.plus(Duration.ofMinutes(minute));
        signs.add(
            TimestampedValue.of(
                new VitalSign(
                    "s" + subject,
                    VitalKind.HEART_RATE,
                    pulse(subject, minute),
                    time,
                    "here",
                    Integer.toString(minute)),
                org.joda.time.Instant.ofEpochMilli(time.toEpochMilli())));
      }
    }
    return pipeline.apply("Signs", Create.timestamped(signs).withCoder(VitalSignCoder.of()));
  }

  private static Map<String, Object> told(Iterable<Row> rows) {
    TreeMap<String, Object> told = new TreeMap<>();
    rows.forEach(row -> told.put(row.getValue(0).toString(), row.getValue(1)));
    return told;
  }

  private static <T> Window<T> together() {
    return Window.<T>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(org.joda.time.Duration.ZERO)
        .discardingFiredPanes();
  }

  @Test
  void summariesAndScoresAreJoined(TestPipeline pipeline) {
    PCollection<VitalSign> signs = signs(pipeline);
    PCollection<VitalSummary> summaries =
        signs
            .apply("Summarize", Vitals.summarize(Duration.ofHours(1)))
            .apply("Summaries together", together());
    PCollection<EarlyWarningScore> scores =
        signs.apply("Score", Vitals.news2()).apply("Scores together", together());
    PCollection<Row> rows =
        PCollectionTuple.of(new TupleTag<>("summaries"), summaries)
            .and(new TupleTag<>("scores"), scores)
            .apply(
                "Join",
                SqlTransform.query(
                    "SELECT s.subject, SUM(s.n) AS readings FROM summaries s JOIN (SELECT subject,"
                        + " MAX(score) AS worst FROM scores WHERE `final` GROUP BY subject) w ON"
                        + " s.subject = w.subject WHERE s.`final` AND w.worst = 0 GROUP BY"
                        + " s.subject"));
    TreeMap<String, Object> expected = new TreeMap<>();
    for (int subject = 0; subject < 3; subject++) {
      boolean normal = true;
      for (int minute = 0; minute < HOURS * 60; minute += 60 / AN_HOUR) {
        // NEWS2: 51 to 90 beats are no point.
        normal &= pulse(subject, minute) <= 90;
      }
      if (normal) {
        expected.put("s" + subject, (long) HOURS * AN_HOUR);
      }
    }
    assertEquals(List.of("s0", "s1", "s2"), List.copyOf(expected.keySet()));
    PAssert.that(rows)
        .satisfies(
            all -> {
              assertEquals(expected, told(all));
              return null;
            });
    PCollection<Row> maxima =
        PCollectionTuple.of(new TupleTag<>("summaries"), summaries)
            .apply(
                "Greatest",
                SqlTransform.query(
                    "SELECT subject || ' ' || CAST(EXTRACT(DAY FROM window_start) AS VARCHAR),"
                        + " MAX(`max`) FROM summaries GROUP BY subject, EXTRACT(DAY FROM"
                        + " window_start)"));
    TreeMap<String, Object> greatest = new TreeMap<>();
    for (int subject = 0; subject < 3; subject++) {
      for (int minute = 0; minute < HOURS * 60; minute += 60 / AN_HOUR) {
        greatest.merge(
            "s" + subject + (minute < 60 ? " 31" : " 1"),
            pulse(subject, minute),
            (a, b) -> Math.max((Double) a, (Double) b));
      }
    }
    PAssert.that(maxima)
        .satisfies(
            all -> {
              assertEquals(greatest, told(all));
              return null;
            });
    pipeline.run();
  }

  @Test
  void translationsAreCountedByOutcome(TestPipeline pipeline, @TempDir Path folder)
      throws Exception {
    Path map = folder.resolve("map.tsv");
    Files.writeString(
        map,
        """
        source_system\tsource_code\ttarget_system\ttarget_code\trelationship
        urn:s\ta\turn:t\tA\tequivalent
        urn:s\tb\turn:t\tB\tequivalent
        """);
    List<Coding> codings = new ArrayList<>();
    TreeMap<String, Object> expected = new TreeMap<>();
    for (String code : List.of("a", "a", "b", "c", "d", "d", "d")) {
      codings.add(new Coding("urn:s", "", code, ""));
      expected.merge(
          code.compareTo("b") <= 0 ? "mapped" : "unmapped", 1L, (n, m) -> (Long) n + (Long) m);
    }
    PCollection<Translation> translations =
        pipeline
            .apply(Create.of(codings).withCoder(CodingCoder.of()))
            .apply("Translate", Codes.translate(CodeMaps.fromFiles(List.of(map.toString()))));
    PAssert.that(
            PCollectionTuple.of(new TupleTag<>("translations"), translations)
                .apply(
                    SqlTransform.query(
                        "SELECT outcome, COUNT(*) FROM translations GROUP BY outcome")))
        .satisfies(
            all -> {
              assertEquals(expected, told(all));
              return null;
            });
    pipeline.run();
  }

  @Test
  void variantsAreCountedBySequenceAndSamplesByTheirHeterozygotes(
      TestPipeline pipeline, @TempDir Path folder) throws Exception {
    Path vcf = someOf(SAMPLES.resolve("variants/cohort.vcf.gz"), folder.resolve("some.vcf"));
    TreeMap<String, Object> byContig = new TreeMap<>();
    TreeMap<String, Object> heterozygotes = new TreeMap<>();
    count(vcf, byContig, heterozygotes);
    assertTrue(byContig.size() > 0 && heterozygotes.size() > 1, "the sample file has records");
    var summaries =
        pipeline
            .apply("Read variants", ReadVcf.from(List.of(vcf.toString())))
            .apply("Summarize", Variants.summarize());
    PAssert.that(
            PCollectionTuple.of(new TupleTag<>("variants"), summaries.variants())
                .apply(
                    "By contig",
                    SqlTransform.query(
                        "SELECT contig, COUNT(*) FROM (SELECT DISTINCT contig, pos, `ref` FROM"
                            + " variants) GROUP BY contig")))
        .satisfies(
            all -> {
              assertEquals(byContig, told(all));
              return null;
            });
    PAssert.that(
            PCollectionTuple.of(
                    new TupleTag<>("samples"),
                    summaries.cohort().apply("Samples", Variants.samples()))
                .apply("By sample", SqlTransform.query("SELECT sample, n_het FROM samples")))
        .satisfies(
            all -> {
              assertEquals(heterozygotes, told(all));
              return null;
            });
    pipeline.run();
  }

  /** Writes the header and every hundredth record. */
  private static Path someOf(Path compressed, Path some) throws IOException {
    List<String> lines = new ArrayList<>();
    int records = 0;
    try (BufferedReader all =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(compressed)), StandardCharsets.UTF_8))) {
      for (String line = all.readLine(); line != null; line = all.readLine()) {
        if (line.startsWith("#") || records++ % 100 == 0) {
          lines.add(line);
        }
      }
    }
    return Files.write(some, lines);
  }

  /** Counts places by sequence, and genotypes of two unlike alleles by sample, from the text. */
  private static void count(
      Path vcf, Map<String, Object> byContig, Map<String, Object> heterozygotes)
      throws IOException {
    TreeSet<String> places = new TreeSet<>();
    List<String> names = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(vcf)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        if (line.startsWith("#CHROM")) {
          names.addAll(List.of(cells).subList(9, cells.length));
          names.forEach(name -> heterozygotes.put(name, 0L));
        } else if (!line.startsWith("#")) {
          if (places.add(cells[0] + "\t" + cells[1] + "\t" + cells[3]) && !cells[4].equals(".")) {
            byContig.merge(cells[0], 1L, (n, m) -> (Long) n + (Long) m);
          }
          for (int s = 0; s < names.size(); s++) {
            String[] alleles = cells[9 + s].split(":", -1)[0].split("[/|]", -1);
            if (alleles.length == 2
                && !alleles[0].equals(alleles[1])
                && !alleles[0].equals(".")
                && !alleles[1].equals(".")) {
              heterozygotes.merge(names.get(s), 1L, (n, m) -> (Long) n + (Long) m);
            }
          }
        }
      }
    }
  }
}
