package org.healthbeam.pipelines.mapcodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapCodesPipelineTest {
  private static final String MAP =
      """
      {"resourceType":"ConceptMap","url":"http://example.org/map","version":"7","status":"active",
       "group":[{"source":"http://snomed.info/sct","target":"http://hl7.org/fhir/sid/icd-10-cm",
        "targetVersion":"2026","element":[
        {"code":"38341003","target":[{"code":"I10","display":"Essential hypertension","equivalence":"wider"}]},
        {"code":"22298006","target":[{"code":"I21.9","equivalence":"equivalent"},{"code":"I21.4","equivalence":"relatedto"}]},
        {"code":"160903007","target":[{"equivalence":"unmatched"}]}]}]}
      """;
  private static final String HEADER = String.join("\t", TranslationRows.COLUMNS);

  /** The end of a row without an answer. */
  private static final String MAPS = "\t".repeat(14) + "http://example.org/map|7";

  @TempDir Path dir;
  private Path input;
  private Path maps;

  @BeforeEach
  void folders() throws IOException {
    input = Files.createDirectories(dir.resolve("in"));
    maps = Files.createDirectories(dir.resolve("maps"));
    Files.writeString(maps.resolve("map.json"), MAP);
    Files.writeString(maps.resolve("README.md"), "Sources of the maps");
  }

  @Test
  void filesGoThroughFromEndToEnd() throws Exception {
    gzip(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":"
            + "\"urn:oid:2.16.840.1.113883.6.96\",\"code\":\"38341003\",\"display\":\"High\"}]}}\n"
            + "broken\n"
            + "{\"resourceType\":\"Condition\",\"id\":\"c2\",\"code\":{\"coding\":[{\"system\":"
            + "\"http://snomed.info/sct\",\"code\":\"22298006\"}]}}\n");
    Files.writeString(
        input.resolve("b.json"),
        """
        {
          "resourceType": "Bundle", "id": "b", "type": "collection",
          "entry": [
            {"resource": {"resourceType": "Observation", "id": "o", "code": {"coding": [
              {"system": "http://snomed.info/sct", "code": "160903007"},
              {"system": "http://snomed.info/sct", "code": "1"},
              {"code": "1"}]}}}
          ]
        }
        """);
    Ledger ledger = run(PayloadHash.salted());

    assertEquals(
        List.of(
            "{\"resourceType\":\"Bundle\",\"id\":\"b\",\"type\":\"collection\",\"entry\":[{"
                + "\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o\",\"code\":{\"coding\":["
                + "{\"system\":\"http://snomed.info/sct\",\"code\":\"160903007\"},"
                + "{\"system\":\"http://snomed.info/sct\",\"code\":\"1\"},{\"code\":\"1\"}]}}}]}",
            "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":"
                + "\"urn:oid:2.16.840.1.113883.6.96\",\"code\":\"38341003\",\"display\":\"High\"},"
                + "{\"system\":\"http://hl7.org/fhir/sid/icd-10-cm\",\"version\":\"2026\","
                + "\"code\":\"I10\",\"display\":\"Essential hypertension\"}]}}",
            "{\"resourceType\":\"Condition\",\"id\":\"c2\",\"code\":{\"coding\":[{\"system\":"
                + "\"http://snomed.info/sct\",\"code\":\"22298006\"}]}}"),
        lines("resources"));
    String a = input.resolve("a.ndjson").toString();
    String b = input.resolve("b.json").toString();
    String icd = "http://hl7.org/fhir/sid/icd-10-cm\t2026\t";
    String map = "http://example.org/map\t7\t";
    String snomed = "http://snomed.info/sct\t\t";
    assertEquals(
        List.of(
            "Condition\tc1\tCondition.code.coding[0]\turn:oid:2.16.840.1.113883.6.96\t\t38341003\t"
                + ("High\tmapped\t" + icd + "I10\tEssential hypertension\t")
                + ("source-is-narrower-than-target\t" + map + a + "\t1" + tail("element", true)),
            ("Condition\tc2\tCondition.code.coding[0]\t" + snomed + "22298006\t\tambiguous\t")
                + (icd
                    + "I21.4\t\trelated-to\t"
                    + map
                    + a
                    + "\t3"
                    + tail("several-targets", false)),
            ("Condition\tc2\tCondition.code.coding[0]\t" + snomed + "22298006\t\tambiguous\t")
                + (icd
                    + "I21.9\t\tequivalent\t"
                    + map
                    + a
                    + "\t3"
                    + tail("several-targets", false)),
            ("Observation\to\tBundle.entry[0].resource.code.coding[0]\t" + snomed + "160903007\t\t")
                + ("not-mappable\t"
                    + icd
                    + "\t\tnot-related-to\t"
                    + map
                    + b
                    + "\t1"
                    + tail("explicit-no-map", false)),
            ("Observation\to\tBundle.entry[0].resource.code.coding[1]\t" + snomed + "1\t\t")
                + ("unmapped\t\t\t\t\t\t\t\t" + b + "\t1\tcode-not-in-maps" + MAPS),
            "Observation\to\tBundle.entry[0].resource.code.coding[2]\t\t\t1\t\t"
                + ("invalid\t\t\t\t\t\t\t\t" + b + "\t1\tno-system" + MAPS)),
        table("translations.tsv", HEADER));
    assertEquals(
        List.of(
            "\tinvalid\t1",
            "http://snomed.info/sct\tambiguous\t1",
            "http://snomed.info/sct\tmapped\t1",
            "http://snomed.info/sct\tnot-mappable\t1",
            "http://snomed.info/sct\tunmapped\t1"),
        table("coverage.tsv", "source_system\toutcome\tn"));
    String snomedCode = "http://snomed.info/sct\t\t";
    String icd10 = "http://hl7.org/fhir/sid/icd-10-cm\t";
    assertEquals(
        List.of(
            "Condition\t"
                + snomedCode
                + "22298006\t\tambiguous\tseveral-targets\t1\t1\t"
                + icd10
                + "I21.4\t\trelated-to\tfalse\tfalse\thttp://example.org/map\t7\t",
            "Condition\t"
                + snomedCode
                + "22298006\t\tambiguous\tseveral-targets\t1\t2\t"
                + icd10
                + "I21.9\t\tequivalent\tfalse\tfalse\thttp://example.org/map\t7\t",
            "Condition\t"
                + snomedCode
                + "38341003\tHigh\tmapped\telement\t1\t1\t"
                + icd10
                + "I10\tEssential hypertension\tsource-is-narrower-than-target\ttrue\tfalse\t"
                + "http://example.org/map\t7\t",
            "Observation\t\t\t1\t\tinvalid\tno-system\t1\t0\t\t\t\t\t\t\t\t\thttp://example.org/map|7",
            "Observation\t"
                + snomedCode
                + "1\t\tunmapped\tcode-not-in-maps\t1\t0\t"
                + "\t\t\t\t\t\t\t\thttp://example.org/map|7",
            "Observation\t"
                + snomedCode
                + "160903007\t\tnot-mappable\texplicit-no-map\t1\t1\t"
                + icd10
                + "\t\tnot-related-to\tfalse\tfalse\thttp://example.org/map\t7\t"),
        table("codes.tsv", String.join("\t", CodeLines.CODES.names())));

    assertEquals(List.of(), ledger.violations());
    Map<String, StageLedger> stages = new TreeMap<>();
    ledger.stages().forEach(s -> stages.put(s.stage(), s));
    assertEquals(4, stages.get("Map codes").in());
    assertEquals(1, stages.get("Map codes").rejected());
    assertEquals(5, stages.get("Translate codings").in());
    assertEquals(
        Map.of("ambiguous", 1L, "invalid", 1L, "mapped", 1L, "not-mappable", 1L, "unmapped", 1L),
        stages.get("Translate codings").outcomes());
  }

  @Test
  void withAKeyTheTranslationsNamePseudonyms() throws Exception {
    Path key = Files.writeString(dir.resolve("key"), "0123456789abcdef0123");
    Files.writeString(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":\"x\","
            + "\"code\":\"1\"}]}}\n");
    PayloadHash hash = PayloadHash.keyed("0123456789abcdef0123".getBytes(UTF_8));
    run(hash, "--pseudonymKeyFile=" + key);
    List<String> rows = table("translations.tsv", HEADER);
    assertEquals(1, rows.size());
    assertEquals(hash.pseudonym("c1"), rows.get(0).split("\t", -1)[1]);
  }

  @Test
  void anEmptyNameOfTheKeyIsRefusedBeforeTheRun() {
    MapCodesOptions options = options("--pseudonymKeyFile=");
    String message =
        assertThrows(UsageException.class, () -> new MapCodesPipeline().check(options))
            .getMessage();
    assertTrue(message.contains("--pseudonymKeyFile is empty"), message);
  }

  @Test
  void aTargetThatDependsOnAPropertyIsListedWithoutARelationship() throws Exception {
    Files.writeString(
        maps.resolve("more.json"),
        """
        {"resourceType": "ConceptMap", "url": "urn:more", "version": "1", "status": "active",
         "group": [{"source": "urn:s", "target": "urn:t", "element": [{"code": "1", "target": [
            {"code": "y", "equivalence": "equal"},
            {"code": "x", "equivalence": "equal",
             "dependsOn": [{"property": "urn:p", "value": "v"}]}]}]}]}
        """);
    Files.writeString(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":\"urn:s\","
            + "\"code\":\"1\"}]}}\n");
    run(PayloadHash.salted());
    String start = "Condition\tc1\tCondition.code.coding[0]\turn:s\t\t1\t\tmapped\turn:t\t\t";
    String end = "\turn:more\t1\t" + input.resolve("a.ndjson") + "\t1";
    String condition = "\tunknown\t\t\t[{\"name\":\"urn:p\",\"value\":\"v\"}]" + "\t".repeat(8);
    assertEquals(
        List.of(
            start + "x\t\t" + end + "\telement\tfalse\tfalse" + condition,
            start + "y\t\tequivalent" + end + tail("element", true)),
        table("translations.tsv", HEADER));
  }

  /** The end of a row with an answer of which nothing more is said. */
  private static String tail(String reason, boolean taken) {
    return "\t" + reason + "\t" + taken + "\tfalse" + "\t".repeat(12);
  }

  @Test
  void allThatIsSaidOfATargetStandsInItsRow() throws Exception {
    Files.writeString(
        maps.resolve("asks.json"),
        """
        {"resourceType": "ConceptMap", "url": "urn:asks", "version": "1", "status": "active",
         "group": [{"source": "urn:s", "target": "urn:t", "element": [{"code": "0"}],
           "unmapped": {"mode": "other-map", "url": "urn:more"}}]}
        """);
    Files.writeString(
        maps.resolve("more.json"),
        """
        {"resourceType": "ConceptMap", "url": "urn:more", "version": "2", "status": "active",
         "group": [{"source": "urn:s", "target": "https://fhir-terminology.ohdsi.org",
           "element": [{"code": "1", "target": [
            {"code": "7", "equivalence": "equal", "comment": "advice", "product": [
              {"property": "domain_id", "value": "Condition"},
              {"property": "cdm_table", "value": "condition_occurrence"},
              {"property": "source_concept_id", "value": "5"},
              {"property": "value_as_concept_id", "value": "8"},
              {"property": "value_as_concept_id", "value": "9"},
              {"property": "say", "value": "\\"", "system": "urn:x"}]}]}]}]}
        """);
    Files.writeString(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c1\",\"code\":{\"coding\":[{\"system\":\"urn:s\","
            + "\"code\":\"1\"}]}}\n");
    run(PayloadHash.salted());
    List<String> row = List.of(table("translations.tsv", HEADER).get(0).split("\t", -1));
    assertEquals(
        List.of("unmapped-other-map", "true", "true", "", "urn:asks", "1", ""),
        row.subList(17, 24));
    assertTrue(
        row.get(24).endsWith("{\"name\":\"say\",\"system\":\"urn:x\",\"value\":\"\\\\\"\"}]"),
        row.get(24));
    assertEquals(
        List.of("advice", "7", "Condition", "condition_occurrence", "5", "8,9", ""),
        row.subList(25, 32));
  }

  @Test
  void withoutCodingsTheTablesHaveTheirHeaders() throws Exception {
    Files.writeString(input.resolve("a.ndjson"), "{\"resourceType\":\"Patient\"}\n");
    run(PayloadHash.salted());
    assertEquals(List.of(), table("translations.tsv", HEADER));
    assertEquals(List.of(), table("coverage.tsv", "source_system\toutcome\tn"));
  }

  @Test
  void whatNewerMapsWouldChangeIsWritten() throws Exception {
    Files.writeString(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"coding\":[{\"system\":"
            + "\"http://snomed.info/sct\",\"code\":\"38341003\"},{\"system\":"
            + "\"http://snomed.info/sct\",\"code\":\"22298006\"}]}}\n");
    Path newer =
        Files.writeString(
            dir.resolve("newer.json"), MAP.replace("\"7\"", "\"8\"").replace("I21.9", "I21.0"));
    run(PayloadHash.salted(), "--newerMaps=" + newer);
    assertEquals(
        List.of(
            "Condition\thttp://snomed.info/sct\t22298006\t\t1\tambiguous\tI21.4,I21.9"
                + "\tambiguous\tI21.0,I21.4\tnow\t\t"),
        table("changes.tsv", String.join("\t", CodeLines.CHANGES.names())));
  }

  @Test
  void aBrokenMapIsRefusedBeforeTheRunWithItsFileAndInvariant() throws Exception {
    Files.writeString(maps.resolve("bad.json"), MAP.replace("wider", "narrower"));
    Files.delete(maps.resolve("map.json"));
    String message = refused();
    assertTrue(message.contains("bad.json"), message);
    assertTrue(message.contains("cmd-1"), message);
    assertTrue(message.contains("group[0].element[0].target[0]"), message);
  }

  @Test
  void mapsThatAreNotThereAreRefused() throws Exception {
    Files.delete(maps.resolve("map.json"));
    assertTrue(refused().contains("none of the files is .json, .tsv, .csv"));
    Files.writeString(
        maps.resolve("empty.tsv"), "source_system\tsource_code\ttarget_system\ttarget_code\n");
    assertTrue(refused().contains("no entries"));
    maps = dir.resolve("nowhere");
    assertTrue(refused().contains("no such file or folder"));
  }

  @Test
  void mapsThatCannotBeReachedAreRefused() {
    for (String option : List.of("--maps", "--newerMaps", "--changedSince")) {
      assertEquals(
          option + "=s3://b/m.hbmap: there is no file system for the scheme 's3'",
          refused(option + "=s3://b/m.hbmap"));
    }
  }

  @Test
  void anEmptyNameOfMapsIsNotTheRootFolder() {
    String empty = "the name of a file or folder of code maps is empty";
    for (List<String> names : List.of(List.of(""), List.of(maps.toString(), "", "x"))) {
      MapCodesOptions options = options();
      options.setMaps(names);
      assertEquals(
          "--maps: " + empty,
          assertThrows(UsageException.class, () -> new MapCodesPipeline().check(options))
              .getMessage());
    }
  }

  @Test
  void mapsAreReadWhereTheyAreCheckedAndNotAgain() throws Exception {
    Files.writeString(
        input.resolve("a.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c\",\"code\":{\"coding\":[{\"system\":"
            + "\"http://snomed.info/sct\",\"code\":\"22298006\"}]}}\n");
    Path newer = dir.resolve("newer.json");
    Files.writeString(newer, MAP.replace("\"7\"", "\"8\"").replace("I21.9", "I21.0"));
    Path earlier = dir.resolve("earlier.json");
    Files.writeString(earlier, MAP.replace("\"7\"", "\"6\"").replace("I21.9", "I21.1"));
    MapCodesOptions options = options("--newerMaps=" + newer, "--changedSince=" + earlier);
    options.setInput(InputFiles.patterns(options.getInput()));
    MapCodesPipeline pipeline = new MapCodesPipeline();
    pipeline.check(options);
    Files.delete(maps.resolve("map.json"));
    Files.delete(newer);
    Files.delete(earlier);
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, rejects);
    rejects.all(built);
    assertEquals(PipelineResult.State.DONE, built.run().waitUntilFinish());
    assertEquals(1, table("changes.tsv", String.join("\t", CodeLines.CHANGES.names())).size());
    // Another check reads them anew.
    assertThrows(UsageException.class, () -> pipeline.check(options));
  }

  private String refused(String... more) {
    MapCodesOptions options = options(more);
    return assertThrows(UsageException.class, () -> new MapCodesPipeline().check(options))
        .getMessage();
  }

  private MapCodesOptions options(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of("--input=" + input + "/*", "--maps=" + maps, "--output=" + dir.resolve("out")));
    args.addAll(List.of(more));
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MapCodesOptions.class);
  }

  private Ledger run(PayloadHash hash, String... more) throws Exception {
    MapCodesOptions options = options(more);
    options.setInput(InputFiles.patterns(options.getInput()));
    MapCodesPipeline pipeline = new MapCodesPipeline();
    pipeline.check(options);
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(hash);
    pipeline.build(built, options, rejects);
    rejects.all(built);
    PipelineResult result = built.run();
    assertEquals(PipelineResult.State.DONE, result.waitUntilFinish());
    return rejects.ledger(result.metrics());
  }

  private List<String> table(String name, String header) throws IOException {
    List<String> lines = Files.readAllLines(dir.resolve("out").resolve(name));
    assertEquals(header, lines.get(0));
    return lines.subList(1, lines.size()).stream().sorted().toList();
  }

  private List<String> lines(String folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (var files = Files.list(dir.resolve("out").resolve(folder))) {
      for (Path file : files.toList()) {
        assertTrue(file.toString().endsWith(".ndjson"), file::toString);
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static void gzip(Path file, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(text.getBytes(UTF_8));
    }
  }
}
