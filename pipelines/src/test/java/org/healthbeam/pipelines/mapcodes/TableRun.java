package org.healthbeam.pipelines.mapcodes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.transforms.outcome.Rejects;

/** A run of the pipeline over tables, in a folder of a test. */
final class TableRun {
  static final String MAP =
      """
      {"resourceType":"ConceptMap","url":"http://example.org/map","version":"7","status":"active",
       "group":[{"source":"http://hl7.org/fhir/sid/icd-10-cm","target":"http://snomed.info/sct",
        "element":[
        {"code":"I10","target":[{"code":"38341003","display":"Hypertensive \\"HT\\", disorder","equivalence":"equivalent"}]},
        {"code":"I21","target":[{"code":"22298006","equivalence":"equivalent"},{"code":"57054005","equivalence":"relatedto"}]},
        {"code":"E11","target":[{"code":"44054006","display":"Type 2","equivalence":"wider"}]}]},
       {"source":"urn:local","target":"http://snomed.info/sct","element":[
        {"code":"7","target":[{"code":"71388002","display":"Procedure","equivalence":"equivalent"}]}]},
       {"source":"http://hl7.org/fhir/sid/icd-10-cm","target":"urn:group","element":[
        {"code":"E11","target":[{"code":"DM","equivalence":"wider"}]}]}]}
      """;

  final Path folder;
  final Path input;
  Ledger ledger;

  TableRun(Path folder) throws IOException {
    this.folder = folder;
    this.input = Files.createDirectories(folder.resolve("in"));
    Files.writeString(Files.createDirectories(folder.resolve("maps")).resolve("map.json"), MAP);
  }

  MapCodesOptions options(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--maps=" + folder.resolve("maps"),
                "--output=" + folder.resolve("out"),
                "--runner=DirectRunner"));
    args.addAll(List.of(more));
    if (args.stream().noneMatch(each -> each.startsWith("--input="))) {
      args.add("--input=" + input);
    }
    return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new)).as(MapCodesOptions.class);
  }

  /** Runs it, and checks that what it rejects is this: {@code file:position reason detail}. */
  void run(List<String> rejected, String... more) throws Exception {
    MapCodesOptions options = options(more);
    options.setInput(InputFiles.patterns(options.getInput()));
    removeOutput();
    MapCodesPipeline pipeline = new MapCodesPipeline();
    pipeline.check(options);
    Pipeline built = Pipeline.create(options);
    Rejects collected = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, collected);
    List<String> expected = List.copyOf(rejected);
    PAssert.that(collected.all(built))
        .satisfies(
            all -> {
              List<String> found = new ArrayList<>();
              all.forEach(each -> found.add(told(each)));
              found.sort(null);
              assertEquals(expected, found);
              return null;
            });
    PipelineResult result = built.run();
    assertEquals(PipelineResult.State.DONE, result.waitUntilFinish());
    ledger = collected.ledger(result.metrics());
    assertEquals(List.of(), ledger.violations());
  }

  private void removeOutput() throws IOException {
    if (Files.exists(out(""))) {
      try (var files = Files.walk(out(""))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static String told(Rejected each) {
    String file = each.source().substring(each.source().lastIndexOf('/') + 1);
    return "%s:%s %s %s".formatted(file, each.position(), each.reason().code(), each.detail());
  }

  long outcome(String stage, String outcome) {
    return ledger.stages().stream()
        .filter(each -> each.stage().equals(stage))
        .findFirst()
        .orElseThrow()
        .outcomes()
        .getOrDefault(outcome, 0L);
  }

  Path out(String name) {
    return folder.resolve("out").resolve(name);
  }

  List<String> names(String of) throws IOException {
    if (!Files.exists(out(of))) {
      return List.of();
    }
    try (var files = Files.list(out(of))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
