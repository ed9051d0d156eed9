package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.healthbeam.pipelines.monitorvitals.MonitorVitalsOptions;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are parted into folders have the rows of the text, whoever reads them. */
class PartedTablesTest {
  @TempDir private Path folder;

  private Path run(HealthPipeline<?> pipeline, Path input, String... more) throws IOException {
    Path output = folder.resolve("out");
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    args.addAll(List.of(more));
    assertEquals(0, PipelineRun.run(pipeline, args.toArray(String[]::new)));
    assertEquals(listed(output), written(output), "run.json names what is there");
    return output;
  }

  private static List<String> listed(Path output) throws IOException {
    JsonNode run = new ObjectMapper().readTree(output.resolve("run.json").toFile());
    TreeSet<String> names = new TreeSet<>();
    run.path("files").forEach(file -> names.add(file.asText()));
    names.add("run.json");
    return List.copyOf(names);
  }

  private static List<String> written(Path output) throws IOException {
    try (Stream<Path> all = Files.walk(output)) {
      return all.filter(Files::isRegularFile)
          .map(file -> output.relativize(file).toString())
          .filter(name -> !name.startsWith(".temp-beam-done-"))
          .sorted()
          .toList();
    }
  }

  private static List<String> folders(Path table) throws IOException {
    try (Stream<Path> all = Files.list(table)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private Path ward(int days) throws IOException {
    StringBuilder rows = new StringBuilder("subject,time,kind_or_code,value,unit\n");
    for (int hour = 0; hour < 24 * days; hour++) {
      for (String kind : List.of("heart_rate,1%d0", "respiratory_rate,3%d", "spo2,8%d")) {
        rows.append("p%d,2026-11-%02dT%02d:".formatted(hour % 2, 20 + hour / 24, hour % 24));
        rows.append("59:59.5Z,").append(kind.formatted(hour % 5)).append(",\n");
      }
    }
    return file("ward" + days + ".csv", rows.toString());
  }

  @Test
  void vitalSignsAreInFoldersOfTheirDaysAndARunReplacesThoseOfTheLast() throws Exception {
    String[] options = {
      "--format=parquet,avro", "--partitionBy=day", "--window=1h", "--artefacts=hampel"
    };
    Path output = run(new MonitorVitals(), ward(3), options);
    TypedTable.assertSameParted(output, "summaries", "day", "window_start", 100);
    TypedTable.assertSameParted(output, "scores", "day", "time", 50);
    TypedTable.assertSameParted(output, "alerts", "day", "time", 3);
    TypedTable.assertSameParted(output, "burden", "day", "", 3);
    TypedTable.assertSameParted(output, "artefacts", "day", "time", 0);
    TypedTable.assertSame(output, "quality", 1);
    TypedTable.assertSame(output, "gaps", 1);
    assertEquals(
        List.of("day=2026-11-20", "day=2026-11-21", "day=2026-11-22"),
        folders(output.resolve("summaries.parquet")));

    Files.writeString(output.resolve("summaries.parquet/day=2026-11-21/notes.txt"), "mine");
    List<String> notes = List.of("day=2026-11-20", "day=2026-11-21");
    Files.delete(output.resolve("run.json"));
    Files.writeString(output.resolve(OutputFolder.MARK), "{\"pipeline\":\"monitor-vitals\"}");
    Path again = folder.resolve("out");
    assertEquals(
        0,
        PipelineRun.run(
            new MonitorVitals(),
            Stream.concat(Stream.of("--input=" + ward(1), "--output=" + again), Stream.of(options))
                .toArray(String[]::new)));
    assertEquals(notes, folders(again.resolve("summaries.parquet")), "what is not ours stays");
    assertEquals(List.of("day=2026-11-20"), folders(again.resolve("scores.parquet")));
    TypedTable.assertSameParted(again, "summaries", "day", "window_start", 50);

    Files.delete(output.resolve("summaries.parquet/day=2026-11-21/notes.txt"));
    Path whole = run(new MonitorVitals(), ward(2), "--format=parquet,avro", "--window=1h");
    TypedTable.assertSame(whole, "summaries", 70);
    TypedTable.assertSame(whole, "scores", 30);
  }

  private static final List<String> ODD =
      List.of(
          "HLA*01:01",
          "GL000/1",
          "a=b",
          "50%25",
          "x?^~+&",
          "NC_1.1",
          "..",
          "NULL",
          "null",
          "__HIVE_DEFAULT_PARTITION__");

  private Path vcf(String name, int contigs, boolean turned) throws IOException {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.3\n");
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\tBob\n");
    for (int pos = 1; pos <= 3; pos++) {
      for (int i = 0; i < contigs + ODD.size(); i++) {
        text.append(i < contigs ? "" + (i + 1) : ODD.get(i - contigs));
        text.append(
            "\t%d\t.\tA\t%s\t.\tPASS\t.\tGT\t".formatted(pos * 1000, i % 2 == 0 ? "G" : "G,C"));
        text.append(turned ? "1/1\t0/1\n" : "0/1\t0/0\n");
      }
    }
    return file(name, text.toString());
  }

  /** Records of all sequences turn by turn: more files at a time than are held open. */
  @Test
  void variantsAreInFoldersOfTheirSequencesHoweverManyAndWhateverTheirNames() throws Exception {
    Path input = vcf("many.vcf", 60, false);
    vcf("other.vcf", 20, true);
    Path groups = file("groups.tsv", "Ann\tP1\nBob\tP1,P2\n");
    Path output =
        run(
            new SummarizeVariantsPipeline(),
            folder.resolve("*.vcf"),
            "--format=tsv,parquet,avro",
            "--partitionBy=contig",
            "--populations=" + groups,
            "--regions=2kb");
    TypedTable.assertSameParted(output, "variants", "contig", "", 300);
    TypedTable.assertSameParted(output, "populations", "contig", "", 600);
    TypedTable.assertSameParted(output, "regions", "contig", "", 100);
    TypedTable.assertSame(output, "samples", 1);
    List<String> names = folders(output.resolve("variants.parquet"));
    assertEquals(60 + ODD.size(), names.size(), names::toString);
    assertTrue(
        names.containsAll(
            List.of(
                "contig=HLA%2A01%3A01", "contig=GL000%2F1", "contig=50%2525", "contig=x%3F%5E~+&")),
        names::toString);
    assertTrue(input.toFile().exists());
  }

  /** As many as an assembly with its decoys and alternates has, in the worst order. */
  @Test
  @Tag("long")
  void thousandsOfSequencesHaveAFolderEach() throws Exception {
    Path input = vcf("assembly.vcf", 3_400, false);
    Path output =
        run(new SummarizeVariantsPipeline(), input, "--format=tsv,parquet", "--partitionBy=contig");
    assertEquals(3_400 + ODD.size(), folders(output.resolve("variants.parquet")).size());
    TypedTable.assertSameRowsInFolders(output, "variants", 10_200);
    TypedTable.assertSameRowsInFolders(output, "regions", 3_400);
  }

  @Test
  void joinedSamplesAndATableWithoutARowAreInFoldersToo() throws Exception {
    Path input = vcf("one.vcf", 3, false);
    String header = Files.readString(input).split("\n1\t")[0];
    Path none = file("none.vcf", header + "\n");
    String[] options = {"--format=tsv,parquet,avro", "--partitionBy=contig"};
    Path empty = run(new SummarizeVariantsPipeline(), none, options);
    TypedTable.assertSameParted(empty, "variants", "contig", "", 0);
    assertEquals(
        List.of("contig=__HIVE_DEFAULT_PARTITION__"), folders(empty.resolve("variants.parquet")));
    String[] joined = {"--format=tsv,parquet,avro", "--partitionBy=contig", "--joinSamples=true"};
    Path output = run(new SummarizeVariantsPipeline(), input, joined);
    TypedTable.assertSameParted(output, "variants", "contig", "", 40);
    TypedTable.assertSameParted(output, "regions", "contig", "", 10);
  }

  @Test
  void codesAreInFoldersOfTheirOutcomesOrResources() throws Exception {
    Path map =
        file(
            "map.csv",
            """
            source_system,source_code,target_system,target_code,relationship,map_url,map_version
            urn:s,1,urn:t,x,equivalent,urn:m,1
            """);
    StringBuilder records = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      records.append(
          """
          {"resourceType":"%s","id":"%d","code":{"coding":[{"system":"urn:s","code":"%d"}]}}
          """
              .formatted(i % 3 == 0 ? "Observation" : "Condition", i, i % 4));
    }
    Path input = file("in.ndjson", records.toString());
    for (String by : List.of("outcome", "resource_type")) {
      Path output =
          run(
              new MapCodesPipeline(),
              input,
              "--maps=" + map,
              "--format=parquet,avro",
              "--partitionBy=" + by);
      TypedTable.assertSameParted(output, "translations", by, "", 299);
      TypedTable.assertSameParted(output, "codes", by, "", 3);
      if (by.equals("outcome")) {
        TypedTable.assertSameParted(output, "coverage", by, "", 1);
      } else {
        TypedTable.assertSame(output, "coverage", 1);
      }
    }
  }

  private String refusal(String... more) throws IOException {
    List<String> args = new ArrayList<>(List.of("--input=" + ward(1)));
    args.addAll(List.of(more));
    MonitorVitalsOptions options =
        PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MonitorVitalsOptions.class);
    return assertThrows(UsageException.class, () -> new MonitorVitals().check(options))
        .getMessage();
  }

  @Test
  void whatCannotBePartedIsRefused() throws Exception {
    String other = refusal("--partitionBy=subject", "--format=parquet");
    assertTrue(other.startsWith("--partitionBy=subject; it may be day"), other);
    String text = refusal("--partitionBy=day");
    assertTrue(text.startsWith("--partitionBy=day is for Parquet and Avro"), text);
    String stream = refusal("--partitionBy=day", "--format=parquet", "--streaming=true");
    assertTrue(stream.toLowerCase(Locale.ROOT).contains("a stream writes tsv"), stream);
  }
}
