package org.healthbeam.pipelines.mapcodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.CodeMapsCoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages of which some files cannot be used. */
class LeftOutMapsTest {
  private static final String MAP =
      """
      {"resourceType": "ConceptMap", "status": "active", "url": "urn:m:NAME", "version": "1", "group": [{
        "source": "urn:s", "target": "urn:t", "element": [ELEMENT]UNMAPPED}]}
      """;
  private static final String TARGET =
      "\"target\": [{\"code\": \"x\", \"relationship\": \"equivalent\"}]}";

  @TempDir Path dir;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private Path archive;

  private static String map(String name, String element, String unmapped) {
    return MAP.replace("NAME", name).replace("ELEMENT", element).replace("UNMAPPED", unmapped);
  }

  @BeforeEach
  void pack() throws IOException {
    archive = dir.resolve("guide.tgz");
    Map<String, String> files =
        Map.of(
            "package.json",
            "{\"name\": \"guide\"}",
            "ConceptMap-good.json",
            map("good", "{\"code\": \"a\", " + TARGET, ""),
            "ConceptMap-rule.json",
            map("rule", "{\"code\": \"b\", \"noMap\": true, " + TARGET, ""),
            "ConceptMap-sources.json",
            map("sources", "{\"valueSet\": \"urn:v\", " + TARGET, ""),
            "ConceptMap-other.json",
            map(
                "other",
                "{\"code\": \"c\", " + TARGET,
                ", \"unmapped\": {\"mode\": \"other-map\", \"otherMap\": \"urn:m:none\"}"),
            "ValueSet-v.json",
            "{\"resourceType\": \"ValueSet\", \"url\": \"urn:v\", \"compose\": {\"include\":"
                + " [{\"system\": \"urn:s\"}]}}");
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry("package/" + file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
  }

  private List<String> reasons() {
    return List.of(
        archive
            + "!package/ConceptMap-other.json, group.unmapped: the other map urn:m:none is not among"
            + " the maps given",
        archive
            + "!package/ConceptMap-rule.json, group[0].element[0]: breaks cmd-4: with noMap there"
            + " must be no target",
        archive
            + "!package/ConceptMap-sources.json: maps from the value set urn:v, which includes a"
            + " whole code system");
  }

  @Test
  void whatIsLeftOutIsTheSameOnEveryWorker() throws Exception {
    CodeMaps found = CodeMaps.find(List.of(archive.toString()));
    assertThrows(InvalidMapException.class, found::read);
    CodeMaps rest = found.readWithoutBroken();
    assertEquals(reasons(), List.copyOf(rest.leftOut().values()));
    assertEquals(
        List.of(
            archive + "!package/ConceptMap-other.json",
            archive + "!package/ConceptMap-rule.json",
            archive + "!package/ConceptMap-sources.json"),
        List.copyOf(rest.leftOut().keySet()));
    for (CodeMaps sent :
        List.of(SerializableUtils.clone(rest), CoderUtils.clone(CodeMapsCoder.of(), rest))) {
      assertEquals(rest, sent);
      assertEquals(rest.leftOut(), sent.leftOut());
      assertEquals(rest.load().ids(), sent.load().ids());
      assertEquals(
          TranslationOutcome.MAPPED,
          sent.load().translate(Coding.of("urn:s", "a"), SeveralTargets.ALL).outcome());
    }
    assertEquals(1, rest.compiled().get(0).maps().size());
  }

  @Test
  void aMapThatIsNotInAPackageIsRefusedAllTheSame() throws Exception {
    Path alone =
        Files.writeString(
            dir.resolve("alone.json"),
            map("alone", "{\"code\": \"b\", \"noMap\": true, " + TARGET, ""));
    CodeMaps found = CodeMaps.find(List.of(archive.toString(), alone.toString()));
    InvalidMapException refused = assertThrows(InvalidMapException.class, found::readWithoutBroken);
    assertTrue(refused.getMessage().contains("alone.json"), refused::getMessage);
  }

  @Test
  void aRunNamesAndCountsWhatItLeavesOutIfItIsAskedTo() throws Exception {
    Path input =
        Files.writeString(
            dir.resolve("in.ndjson"),
            "{\"resourceType\":\"Condition\",\"id\":\"1\",\"code\":{\"coding\":["
                + "{\"system\":\"urn:s\",\"code\":\"a\"},{\"system\":\"urn:s\",\"code\":\"b\"}]}}\n");
    Path out = dir.resolve("out");
    assertEquals(2, run(input, out));
    assertEquals(0, run(input, out, "--leaveOutBrokenMaps=true"), told::toString);
    List<String> rows = Files.readAllLines(out.resolve("left-out.tsv"));
    assertEquals("option\tfile\treason", rows.get(0));
    assertEquals(
        reasons().stream().map(each -> "maps\t" + each.split("[,:] ", 2)[0] + "\t" + each).toList(),
        rows.subList(1, rows.size()).stream().sorted().toList());
    JsonNode record = new ObjectMapper().readTree(Files.readString(out.resolve("run.json")));
    JsonNode stage = null;
    for (JsonNode each : record.path("stages")) {
      stage = each.path("stage").asText().equals("Leave out maps") ? each : stage;
    }
    assertEquals(3, stage.path("in").asInt());
    assertEquals(3, stage.path("outcomes").path("left-out").asInt());
    assertTrue(record.path("conserved").asBoolean());
    assertTrue(record.path("files").toString().contains("left-out.tsv"), record::toString);
    String report = Files.readString(out.resolve("report.html"));
    assertTrue(report.contains("Maps that were left out"));
    assertTrue(report.contains("breaks cmd-4: with noMap there must be no target"));
    assertTrue(
        Files.readString(out.resolve("coverage.tsv")).contains("urn:s\tunmapped\t1"), "coverage");
  }

  private int run(Path input, Path out, String... more) {
    PrintStream none = new PrintStream(told, true, UTF_8);
    String[] args = new String[3 + more.length];
    args[0] = "--input=" + input;
    args[1] = "--maps=" + archive;
    args[2] = "--output=" + out;
    System.arraycopy(more, 0, args, 3, more.length);
    return PipelineRun.run(
        new MapCodesPipeline(), "run", new Terminal(none, none, false, 80), args);
  }
}
