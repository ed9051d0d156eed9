package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is not FHIR JSON is mapped again only where other maps may answer otherwise, too. */
@ExtendWith(TestPipelineExtension.class)
class ChangedSinceTest {
  private static final String HEADER =
      "source_system,source_code,target_system,target_code,map_url,map_version\n";

  @TempDir Path dir;
  private final Rejects rejects = Rejects.with(PayloadHash.salted());
  private CodeMaps earlier;
  private CodeMaps now;

  @BeforeEach
  void readMaps() throws Exception {
    // Of three codes one is answered otherwise; that the version is another is no change.
    earlier = maps("1", "x");
    now = maps("2", "y");
  }

  private CodeMaps maps(String version, String targetOfB) throws Exception {
    String end = ",urn:m," + version + "\n";
    Path file = dir.resolve(version + ".csv");
    Files.writeString(file, HEADER + "urn:s,a,urn:t,x" + end + "urn:s,b,urn:t," + targetOfB + end);
    return CodeMaps.fromFiles(List.of(file.toString()));
  }

  @Test
  void codingsThatAreNotAffectedAreCountedAndNotTranslated(TestPipeline pipeline) {
    PAssert.that(
            pipeline
                .apply(
                    Create.of(Coding.of("urn:s", "a"), Coding.of("urn:s", "b"), Coding.of("", "c"))
                        .withCoder(CodingCoder.of()))
                .apply(Codes.translate(now).changedSince(earlier).countedIn(rejects))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(each -> each.answers().get(0).target().code())))
        .containsInAnyOrder("y");
    assertEquals(
        Map.of("unaffected", 2L, "mapped", 1L), run(pipeline).get("Translate codings").outcomes());
  }

  @Test
  void aRowIsMappedAsAWholeIfOneOfItsCodesIsAffected(TestPipeline pipeline) {
    Schema schema =
        Schema.builder()
            .addStringField("first")
            .addNullableField("second", Schema.FieldType.STRING)
            .build();
    Mapped<Row> mapped =
        pipeline
            .apply(
                Create.of(
                        Row.withSchema(schema).addValues("a", "b").build(),
                        Row.withSchema(schema).addValues("a", null).build(),
                        Row.withSchema(schema).addValues("c", "a").build())
                    .withRowSchema(schema))
            .apply(
                Codes.mapRows(
                        now,
                        CodeColumns.of("first").inSystem("urn:s"),
                        CodeColumns.of("second").inSystem("urn:s"))
                    .changedSince(earlier)
                    .countedIn(rejects));
    PAssert.that(
            mapped
                .values()
                .apply(
                    "Second",
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getString("first") + row.getString("second"))))
        .containsInAnyOrder("ab");
    PAssert.that(
            mapped
                .translations()
                .apply(
                    "Targets",
                    MapElements.into(TypeDescriptors.strings())
                        .via(each -> each.translation().answers().get(0).target().code())))
        .containsInAnyOrder("x", "y");
    Map<String, StageLedger> stages = run(pipeline);
    assertEquals(
        Map.of("passed", 1L, "unaffected", 2L),
        stages.get("Translate codings of values").outcomes());
    assertEquals(Map.of("mapped", 2L), stages.get("Translate codings").outcomes());
  }

  private Map<String, StageLedger> run(TestPipeline pipeline) {
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    return rejects.ledger(result.metrics()).stages().stream()
        .collect(Collectors.toMap(StageLedger::stage, stage -> stage));
  }
}
