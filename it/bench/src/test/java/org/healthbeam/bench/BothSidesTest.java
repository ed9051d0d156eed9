package org.healthbeam.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.run.PipelineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two sides of each benchmark give the same, so that comparing their speed means something. */
class BothSidesTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("healthbeam.root", "../..")).resolve("samples/data");

  @TempDir Path folder;

  @Test
  void hapiAndTheRewritingOfBytesAddTheSameCodings() throws Exception {
    for (Map.Entry<String, Path> each : Ndjson.byType(SAMPLES.resolve("fhir")).entrySet()) {
      List<byte[]> records = Ndjson.read(each.getValue(), 20_000);
      CodeMap maps = PatientMaps.everySecondCodeOf(records);
      int changed =
          Rewriting.checkEqual(
              records,
              new FhirTranslator(maps, SeveralTargets.AMBIGUOUS),
              new HapiPeer(FhirContext.forR4Cached(), maps, SeveralTargets.AMBIGUOUS));
      assertTrue(changed > 0, each.getKey());
    }
  }

  @Test
  void theLoopWithoutBeamWritesWhatThePipelineWrites() throws Exception {
    Path input = Files.createDirectory(folder.resolve("in"));
    for (Map.Entry<String, Path> each : Ndjson.byType(SAMPLES.resolve("fhir")).entrySet()) {
      List<String> lines = new ArrayList<>();
      for (byte[] record : Ndjson.read(each.getValue(), 20_000)) {
        lines.add(new String(record, java.nio.charset.StandardCharsets.UTF_8));
      }
      Files.write(input.resolve(each.getKey() + ".ndjson"), lines);
    }
    // A code that is called by two names is one row, with the more frequent one.
    List<String> named = new ArrayList<>();
    for (String display : List.of("Pain", "Chronic pain", "Pain", "")) {
      named.add(
          """
          {"resourceType":"Condition","id":"c","code":{"coding":[{"system":\
          "http://snomed.info/sct","code":"82423001","display":"%s"}]}}"""
              .formatted(display));
    }
    Files.write(input.resolve("names.ndjson"), named);
    Path maps = SAMPLES.resolve("maps");
    BareLoop.run(maps, input, folder.resolve("loop"));
    int status =
        PipelineRun.run(
            new MapCodesPipeline(),
            "--runner=direct",
            "--input=" + input,
            "--maps=" + maps,
            "--output=" + folder.resolve("pipeline"));
    assertEquals(PipelineRun.DONE, status);
    Contents.checkSame(folder.resolve("loop"), folder.resolve("pipeline"));

    Files.writeString(folder.resolve("loop/coverage.tsv"), "one line more\n");
    assertThrows(
        IllegalStateException.class,
        () -> Contents.checkSame(folder.resolve("loop"), folder.resolve("pipeline")));
  }

  @Test
  void everyCodeOfASyntheticMapIsFoundAndNoneBeyondIt() throws Exception {
    int codes = 2000;
    CompiledSynthetic made = CompiledSynthetic.in(folder, codes);
    CodeMap maps = CompiledSynthetic.open(made.file());
    assertEquals(codes, maps.size());
    for (int i = 0; i < codes; i++) {
      var answers = maps.translate(SyntheticMap.code(i), SeveralTargets.ALL).answers();
      assertEquals(SyntheticMap.targets(i), answers.size());
      for (int n = 0; n < answers.size(); n++) {
        assertEquals(SyntheticMap.target(i, n), answers.get(n).target().code());
        assertEquals(SyntheticMap.display(i, n), answers.get(n).target().display());
      }
      assertTrue(
          maps.translate(SyntheticMap.code(i + codes), SeveralTargets.ALL).answers().isEmpty());
    }
    assertEquals(made, CompiledSynthetic.in(folder, codes));
  }

  @Test
  void linesAreThoseOfTheFileWhereverABufferEnds() throws IOException {
    String text = "a".repeat(70_000) + "\n\nb\n" + "c".repeat(140_000);
    Path file = Files.writeString(folder.resolve("lines"), text);
    List<Integer> lengths = new ArrayList<>();
    try (Lines lines = new Lines(Files.newInputStream(file))) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        lengths.add(line.length);
      }
    }
    assertEquals(List.of(70_000, 0, 1, 140_000), lengths);
  }
}
