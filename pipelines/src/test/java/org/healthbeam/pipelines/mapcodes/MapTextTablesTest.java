package org.healthbeam.pipelines.mapcodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.pipelines.run.UsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapTextTablesTest {
  private static final String ICD = "--codeSystem=http://hl7.org/fhir/sid/icd-10-cm";
  private static final String SCT = "http://snomed.info/sct";

  @TempDir private Path folder;
  private TableRun run;

  @BeforeEach
  void start() throws Exception {
    run = new TableRun(folder);
  }

  private List<String> table(String name) throws Exception {
    return Files.readAllLines(run.out("tables").resolve(name));
  }

  @Test
  void columnsStandBehindThoseOfTheTableInItsOrder() throws Exception {
    Files.writeString(
        run.input.resolve("claims.csv"),
        """
        \uFEFFclaim_id,"Dx ",note,px,px_system
        1,I10,"a ""b"", c",7,urn:local
        2,I21,,,
        3,,x,7,
        4,E11,é,8,urn:local
        5,Z99,"",7,urn:local
        """);
    run.run(
        List.of(),
        "--codeColumns=dx,px",
        ICD + ",-",
        "--systemColumns=-,px_system",
        "--idColumn=claim_id");
    String added =
        "_outcome,%1$s_target_system,%1$s_target_version,%1$s_target_code,%1$s_target_display,"
            + "%1$s_relationship";
    String mapped = "mapped," + SCT + ",,71388002,Procedure,equivalent";
    assertEquals(
        List.of(
            "claim_id,\"Dx \",note,px,px_system,dx"
                + added.formatted("dx")
                + ",px"
                + added.formatted("px"),
            "1,I10,\"a \"\"b\"\", c\",7,urn:local,mapped,"
                + SCT
                + ",,38341003,\"Hypertensive \"\"HT\"\", disorder\",equivalent,"
                + mapped,
            "2,I21,,,,ambiguous,,,,,,,,,,,",
            "3,,x,7,,,,,,,,invalid,,,,,",
            // Two systems have a target: which is meant is not said.
            "4,E11,é,8,urn:local,mapped,,,,,,unmapped,,,,,",
            "5,Z99,\"\",7,urn:local,unmapped,,,,,," + mapped),
        table("part-00000-of-00001.claims.csv"));
    assertEquals(5, run.outcome("Map rows", "passed"));
    assertEquals(1, run.outcome("Map rows", "header"));
    assertEquals(4, run.outcome("Translate codings", "mapped"));
    List<String> translations = Files.readAllLines(run.out("translations.tsv"));
    assertTrue(
        translations.stream()
            .anyMatch(
                row ->
                    row.startsWith("\t4\tdx\thttp://hl7.org/fhir/sid/icd-10-cm\t\tE11\t\tmapped\t")
                        && row.contains("claims.csv\t5\t")),
        () -> String.join("\n", translations));
    assertEquals(List.of(), run.names("resources"));
    assertTrue(Files.readString(run.out("coverage.tsv")).contains("urn:local\tmapped\t2"));
    assertTrue(Files.readString(run.out("codes.tsv")).contains("\t22298006\t"));
  }

  @Test
  void aTargetSystemChoosesAndAllTargetsAreJson() throws Exception {
    Files.writeString(run.input.resolve("a.tsv"), "dx\tn\nE11\t1\nI21\t2\n");
    run.run(List.of(), "--codeColumns=dx", ICD, "--targetSystem=" + SCT);
    assertEquals(
        List.of(
            "E11\t1\tmapped\t" + SCT + "\t\t44054006\tType 2\tsource-is-narrower-than-target",
            "I21\t2\tambiguous\t\t\t\t\t"),
        table("part-00000-of-00001.a.tsv").subList(1, 3));

    run.run(List.of(), "--codeColumns=dx", ICD, "--severalTargets=ALL", "--idColumn=n");
    assertEquals(
        List.of(
            "dx\tn\tdx_outcome\tdx_targets",
            "E11\t1\tmapped\t\"[{\"\"system\"\":\"\""
                + SCT
                + "\"\",\"\"code\"\":\"\"44054006\"\",\"\"display\"\":\"\"Type"
                + " 2\"\",\"\"relationship\"\":"
                + "\"\"source-is-narrower-than-target\"\"},{\"\"system\"\":\"\"urn:group\"\",\"\"code\"\":"
                + "\"\"DM\"\",\"\"relationship\"\":\"\"source-is-narrower-than-target\"\"}]\""),
        table("part-00000-of-00001.a.tsv").subList(0, 2));
  }

  @Test
  void carriageReturnsAndHeadersThatAreNoTextAreRejected() throws Exception {
    Files.write(run.input.resolve("cr.csv"), "id,dx\n1,I10\r\r\n2,I\r10\n3,I10\n".getBytes(UTF_8));
    Files.write(
        run.input.resolve("latin.csv"), "dx,\u00e9\nI10,1\n".getBytes(StandardCharsets.ISO_8859_1));
    run.run(
        List.of(
            "cr.csv:2 malformed the row has a carriage return in it",
            "cr.csv:3 malformed the row has a carriage return in it",
            "latin.csv:2 malformed the header is not one line of text in UTF-8"),
        "--codeColumns=dx",
        ICD);
    assertEquals(2, table("part-00000-of-00001.cr.csv").size());
  }

  @Test
  void aColumnThatIsNamedTwiceIsRefusedBeforeAnythingIsRun() {
    MapCodesOptions options =
        PipelineOptionsFactory.fromArgs("--codeColumns=dx, dx", ICD).as(MapCodesOptions.class);
    String message =
        assertThrows(UsageException.class, () -> TableColumns.of(options)).getMessage();
    assertTrue(message.startsWith("--codeColumns has 'dx' twice"), message);
  }

  @Test
  void aNameAsItIsComesBeforeOthersInAnyCase() throws Exception {
    MapCodesOptions options =
        PipelineOptionsFactory.fromArgs("--codeColumns=code", ICD).as(MapCodesOptions.class);
    TableColumns columns = TableColumns.of(options);
    assertEquals(2, columns.places(List.of("Code", "CODE", "code"), List.of())[0]);
    assertEquals(0, columns.places(List.of("CODE", "x"), List.of())[0]);
    assertThrows(RejectedException.class, () -> columns.places(List.of("Code", "CODE"), List.of()));
  }

  @Test
  void whatIsNoRowIsRejectedWithItsLine() throws Exception {
    try (OutputStream out = Files.newOutputStream(run.input.resolve("bad.csv"))) {
      out.write("id;dx\n1;I10\n2\n3;I10;x\n\n4;\"I10\n5;I10 \"x\n6;".getBytes(UTF_8));
      out.write(0xE9);
      out.write("\n7;\uFFFD\nid;dx\r\n8;I10\r\n".getBytes(UTF_8));
    }
    Files.writeString(run.input.resolve("else.csv"), "id;code\n1;I10\n2;I10\n");
    Files.writeString(run.input.resolve("again.csv"), "dx,DX_Outcome\nI10,x\n");
    Files.writeString(run.input.resolve("twice.csv"), "dx,dx\nI10,x\n");
    Files.writeString(run.input.resolve("empty.csv"), "");
    Files.writeString(run.input.resolve("none.csv"), "dx\n");
    Files.write(run.input.resolve("binary.csv"), new byte[1000]);
    String fields = "malformed the row has not as many fields as the header";
    run.run(
        List.of(
            "again.csv:2 invalid-field the table has a column 'dx_outcome' already",
            "bad.csv:3 " + fields,
            "bad.csv:4 " + fields,
            "bad.csv:6 malformed the quotes of the row do not match",
            "bad.csv:7 malformed the quotes of the row do not match",
            "bad.csv:8 malformed the row is not text in UTF-8",
            "binary.csv:1 malformed binary content, not UTF-8 text",
            "else.csv:2 missing-field the table has no column 'dx'",
            "else.csv:3 missing-field the table has no column 'dx'",
            "twice.csv:2 invalid-field the table has the column 'dx' twice"),
        "--codeColumns=dx",
        ICD);
    assertEquals(
        List.of("part-00000-of-00002.bad.csv", "part-00001-of-00002.none.csv"),
        run.names("tables"));
    List<String> rows = table("part-00000-of-00002.bad.csv");
    assertEquals(4, rows.size());
    assertTrue(rows.get(1).startsWith("1;I10;mapped;" + SCT), rows.get(1));
    assertTrue(rows.get(2).startsWith("7;\uFFFD;unmapped;"), rows.get(2));
    assertTrue(rows.get(3).startsWith("8;I10;mapped;"), rows.get(3));
    assertEquals(1, table("part-00001-of-00002.none.csv").size());
    // The names of columns: of bad.csv twice, and of four others.
    assertEquals(6, run.outcome("Map rows", "header"));
  }

  @Test
  void aGzippedTableIsGzippedAgainAndALargeOneKeepsItsOrder() throws Exception {
    String pad = "x".repeat(500);
    int n = 70_000;
    Path large = run.input.resolve("large.csv");
    try (BufferedWriter out = Files.newBufferedWriter(large)) {
      out.write("\nn,pad,dx\n");
      for (int i = 0; i < n; i++) {
        out.write(i + "," + pad + "," + (i % 3 == 0 ? "I10" : "Z" + i % 7) + "\n");
      }
    }
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(run.input.resolve("small.csv.gz")))) {
      out.write("dx\nI10\n".getBytes(UTF_8));
    }
    assertTrue(Files.size(large) > 2 * (16 << 20), "ranges");
    run.run(List.of(), "--codeColumns=dx", ICD);
    List<String> rows = table("part-00000-of-00002.large.csv");
    assertEquals(n + 1, rows.size());
    for (int i = 0; i < n; i++) {
      String row = rows.get(i + 1);
      assertTrue(row.startsWith(i + ","), row);
      assertEquals(i % 3 == 0, row.contains(",mapped,"), row);
    }
    try (GZIPInputStream in =
        new GZIPInputStream(
            Files.newInputStream(run.out("tables").resolve("part-00001-of-00002.small.csv.gz")))) {
      List<String> lines = new String(in.readAllBytes(), UTF_8).lines().toList();
      assertEquals(2, lines.size());
      assertTrue(lines.get(1).startsWith("I10,mapped,"), lines.get(1));
    }
    try (Stream<Path> left = Files.list(run.out(""))) {
      assertEquals(
          List.of(),
          left.map(f -> f.getFileName().toString())
              .filter(name -> name.startsWith(".temp-beam-parts"))
              .toList());
    }
    assertEquals(n + 1, run.outcome("Map rows", "passed"));
  }

  @Test
  void onlyRowsThatNewMapsMayChangeAreWritten() throws Exception {
    Files.writeString(run.input.resolve("a.csv"), "dx\nI10\nE11\n");
    Path before = Files.createDirectories(folder.resolve("before")).resolve("map.json");
    Files.writeString(before, TableRun.MAP.replace("44054006", "73211009"));
    run.run(List.of(), "--codeColumns=dx", ICD, "--changedSince=" + before);
    assertEquals(2, table("part-00000-of-00001.a.csv").size());
    assertTrue(table("part-00000-of-00001.a.csv").get(1).startsWith("E11,mapped,"));
    assertEquals(1, run.outcome("Map rows", "unaffected"));
  }

  @Test
  void optionsThatDoNotFitAreRefused() throws Exception {
    Files.writeString(run.input.resolve("a.csv"), "dx,sys\nI10,x\n");
    assertEquals("--codeSystem needs --codeColumns", refused(ICD));
    assertEquals(
        "Column 'dx' of --codeColumns needs a system: either of --codeSystem or of --systemColumns",
        refused("--codeColumns=dx"));
    assertEquals(
        "Column 'dx' of --codeColumns needs a system: either of --codeSystem or of --systemColumns",
        refused("--codeColumns=dx", ICD, "--systemColumns=sys"));
    assertEquals(
        "--versionColumns has 2 values and --codeColumns 1; give one for all, or one for each",
        refused("--codeColumns=dx", ICD, "--versionColumns=a,b"));
    assertEquals(
        "--targetSystem takes one target and --severalTargets=all takes all; leave out one",
        refused("--codeColumns=dx", ICD, "--targetSystem=a", "--severalTargets=ALL"));
    assertEquals(
        "--conceptPolicy is about CodeableConcepts of FHIR; the columns of a table are none",
        refused("--codeColumns=dx", ICD, "--conceptPolicy=FIRST_THAT_MAPS"));
    String file = run.input.resolve("a.csv").toString();
    assertEquals(
        "--input="
            + file
            + " is a table, not FHIR; --codeColumns says which of its columns hold codes",
        refused("--input=" + file));
    assertEquals(
        "--input: " + file + ": the table has no column 'code'",
        refused("--codeColumns=code", ICD, "--input=" + file));
  }

  private String refused(String... more) {
    MapCodesOptions options = run.options(more);
    return assertThrows(UsageException.class, () -> new MapCodesPipeline().check(options))
        .getMessage();
  }
}
