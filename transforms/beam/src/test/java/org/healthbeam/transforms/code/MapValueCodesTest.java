package org.healthbeam.transforms.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class MapValueCodesTest {
  private static final TypeDescriptor<KV<String, String>> LABS =
      TypeDescriptors.kvs(TypeDescriptors.strings(), TypeDescriptors.strings());

  @TempDir Path dir;
  private CodeMaps maps;

  @BeforeEach
  void maps() throws Exception {
    Path file = dir.resolve("map.csv");
    Files.writeString(
        file,
        "source_system,source_code,target_system,target_code\nurn:s,a,urn:t,x\nurn:s,b,urn:t,y\n");
    maps = CodeMaps.fromFiles(List.of(file.toString()));
  }

  @Test
  void valuesGetTheTranslationsOfTheirCodingsInOrder(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Mapped<KV<String, String>> mapped =
        labs(pipeline).apply("Map labs", mapLabs().countedIn(rejects).withStage("Translate labs"));
    PAssert.that(mapped.values())
        .containsInAnyOrder(List.of(KV.of("p1", "x y"), KV.of("p2", ""), KV.of("p3", "- x")));
    PAssert.that(places(mapped)).containsInAnyOrder(" [0] a", " [1] b", " [0] ?", " [1] a");
    // Twice in one pipeline, with a stage of its own.
    Mapped<KV<String, String>> again =
        mapped.values().apply("Map again", mapLabs().countedIn(rejects).withStage("Again"));
    PAssert.that(again.values())
        .containsInAnyOrder(List.of(KV.of("p1", "- -"), KV.of("p2", ""), KV.of("p3", "- -")));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    List<StageLedger> stages = rejects.ledger(result.metrics()).stages();
    assertEquals("Translate labs", stages.get(0).stage());
    assertEquals(Map.of("mapped", 3L, "unmapped", 1L), stages.get(0).outcomes());
    assertEquals(Map.of("unmapped", 4L), stages.get(1).outcomes());
  }

  @Test
  void aFunctionSaysWhereTheValueComesFrom(TestPipeline pipeline) {
    PayloadHash hash = PayloadHash.keyed("0123456789abcdef".getBytes(UTF_8));
    Mapped<KV<String, String>> mapped =
        labs(pipeline)
            .apply(
                "Map labs",
                mapLabs()
                    .placedBy(lab -> new Place("labs.db", "7", "Lab", lab.getKey(), "codes"))
                    .withPseudonyms(hash));
    String p1 = hash.pseudonym("p1");
    String p3 = hash.pseudonym("p3");
    PAssert.that(places(mapped))
        .containsInAnyOrder(
            p1 + " codes[0] a", p1 + " codes[1] b", p3 + " codes[0] ?", p3 + " codes[1] a");
    pipeline.run();
  }

  @Test
  void whatIsKnownOfAValueDecidesWhatDependsOnIt(TestPipeline pipeline) throws Exception {
    Path file = dir.resolve("by-sex.json");
    Files.writeString(
        file,
        """
        {"resourceType": "ConceptMap", "url": "urn:by-sex", "status": "active", "group": [
          {"source": "urn:s", "target": "urn:t", "element": [{"code": "p", "target": [
            {"code": "f", "equivalence": "equivalent",
             "dependsOn": [{"property": "urn:sex", "value": "female"}]}]}]}]}
        """);
    Mapped<String> mapped =
        pipeline
            .apply(Create.of("female", "male", ""))
            .apply(
                "Map",
                Codes.mapValues(
                        CodeMaps.fromFiles(List.of(file.toString())),
                        (String sex) -> List.of(Coding.of("urn:s", "p")),
                        (sex, translations) -> sex + " " + translations.get(0).outcome().code())
                    .into(TypeDescriptors.strings())
                    .knowing(
                        sex ->
                            sex.isEmpty()
                                ? Circumstances.NONE
                                : new Circumstances(
                                    null, Map.of("urn:sex", List.of(Coding.of("", sex))))));
    PAssert.that(mapped.values())
        .containsInAnyOrder("female mapped", "male unmapped", " ambiguous");
    pipeline.run();
  }

  @Test
  void withoutItsTypeAResultIsRefused() {
    Pipeline pipeline = Pipeline.create();
    PCollection<KV<String, String>> labs = labs(pipeline);
    assertEquals(
        "Codes.mapValues does not know the type of its results; call into(TypeDescriptor)",
        assertThrows(
                IllegalStateException.class,
                () ->
                    labs.apply(
                        Codes.mapValues(
                            maps,
                            (KV<String, String> lab) -> List.<Coding>of(),
                            (lab, translations) -> lab)))
            .getMessage());
  }

  private MapValueCodes<KV<String, String>, KV<String, String>> mapLabs() {
    return Codes.mapValues(
            maps,
            (KV<String, String> lab) ->
                lab.getValue().isEmpty()
                    ? List.<Coding>of()
                    : List.of(lab.getValue().split(" ")).stream()
                        .map(code -> Coding.of("urn:s", code))
                        .toList(),
            (lab, translations) ->
                KV.of(
                    lab.getKey(),
                    String.join(
                        " ", translations.stream().map(MapValueCodesTest::target).toList())))
        .into(LABS);
  }

  private static String target(Translation translation) {
    return translation.acceptedAnswers().isEmpty()
        ? "-"
        : translation.acceptedAnswers().get(0).target().code();
  }

  private static PCollection<KV<String, String>> labs(Pipeline pipeline) {
    return pipeline.apply(Create.of(KV.of("p1", "a b"), KV.of("p2", ""), KV.of("p3", "? a")));
  }

  private static PCollection<String> places(Mapped<?> mapped) {
    return mapped
        .translations()
        .apply(
            "Places",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    p ->
                        p.coding().resourceId()
                            + " "
                            + p.coding().path()
                            + " "
                            + p.translation().source().code()));
  }
}
