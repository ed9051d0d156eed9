package org.healthbeam.transforms.hapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.code.CodeColumns;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.CodeMapsCoder;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.MapCodes;
import org.healthbeam.transforms.code.Mapped;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The same conditions as JSON, as HAPI's resources, as rows and as a type of one's own. */
@ExtendWith(TestPipelineExtension.class)
class HapiCodesTest {
  private static final Schema SCHEMA =
      Schema.builder()
          .addStringField("id")
          .addArrayField("systems", Schema.FieldType.STRING)
          .addArrayField("codes", Schema.FieldType.STRING)
          .build();
  private static final Map<String, Long> OUTCOMES =
      Map.of("mapped", 2L, "ambiguous", 1L, "not-mappable", 1L, "unmapped", 1L, "invalid", 1L);

  @TempDir Path dir;
  private CodeMaps maps;
  private CodeMap loaded;
  private final List<Condition> conditions =
      List.of(
          condition("c1", "SCT", "1", "urn:other", "9"),
          condition("c2", "http://snomed.info/sct", "2", "http://snomed.info/sct", "3"),
          condition("c3", "http://snomed.info/sct", "1", "", "7"));

  @BeforeEach
  void maps() throws Exception {
    Path file = dir.resolve("map.csv");
    Files.writeString(
        file,
        """
        source_system,source_code,target_system,target_code,target_version,target_display
        http://snomed.info/sct,1,urn:t,x,5,X
        http://snomed.info/sct,2,urn:t,y,,
        http://snomed.info/sct,2,urn:t,z,,
        http://snomed.info/sct,3,urn:t,,,
        urn:own,5,urn:t,w,,
        """);
    maps = CodeMaps.fromFiles(List.of(file.toString()));
    loaded = maps.load();
  }

  @Test
  void everyWayGivesTheSameTranslations(TestPipeline pipeline) {
    allWays(pipeline, false);
  }

  @Test
  void inAStreamEveryWayGivesTheSameTranslations(TestPipeline pipeline) {
    allWays(pipeline, true);
  }

  private void allWays(TestPipeline pipeline, boolean stream) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    List<Translation> expected = new ArrayList<>();
    for (Condition each : conditions) {
      for (Coding coding : each.getCode().getCoding()) {
        expected.add(loaded.translate(plain(coding), SeveralTargets.AMBIGUOUS));
      }
    }

    PCollection<PlacedTranslation> json =
        pipeline
            .apply("Records", input(stream, records(conditions), InputRecordCoder.of()))
            .apply("Map records", Codes.map(maps).rejectedTo(rejects))
            .get(MapCodes.TRANSLATIONS);
    PAssert.that(translations("Of records", json)).containsInAnyOrder(expected);

    Mapped<Condition> resources =
        pipeline
            .apply("Resources", input(stream, conditions, ResourceCoder.of(Condition.class)))
            .apply(
                "Map resources",
                HapiCodes.<Condition>map(maps).countedIn(rejects).withStage("Resources"));
    PAssert.that(translations("Of resources", resources.translations()))
        .containsInAnyOrder(expected);
    PAssert.that(
            resources
                .values()
                .apply(
                    "Codes added",
                    MapElements.into(TypeDescriptors.strings()).via(HapiCodesTest::codes)))
        .containsInAnyOrder("c1 1 9 urn:t/5/x/X", "c2 2 3", "c3 1 7 urn:t/5/x/X");

    Mapped<Row> rows =
        pipeline
            .apply(
                "Rows",
                input(
                    stream,
                    conditions.stream().map(HapiCodesTest::row).toList(),
                    org.apache.beam.sdk.schemas.SchemaCoder.of(SCHEMA)))
            .apply(
                "Map rows",
                Codes.mapRows(maps, CodeColumns.of("codes").systemFrom("systems"))
                    .identifiedBy("id")
                    .countedIn(rejects)
                    .withStage("Rows"));
    PAssert.that(translations("Of rows", rows.translations())).containsInAnyOrder(expected);

    Mapped<Integer> values =
        pipeline
            .apply("Values", input(stream, conditions, ResourceCoder.of(Condition.class)))
            .apply(
                "Map values",
                Codes.mapValues(
                        maps,
                        (Condition c) ->
                            c.getCode().getCoding().stream().map(HapiCodesTest::plain).toList(),
                        (c, translations) -> translations.size())
                    .into(TypeDescriptors.integers())
                    .countedIn(rejects)
                    .withStage("Values"));
    PAssert.that(translations("Of values", values.translations())).containsInAnyOrder(expected);
    PAssert.that(values.values()).containsInAnyOrder(2, 2, 2);

    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    Map<String, Map<String, Long>> outcomes =
        rejects.ledger(result.metrics()).stages().stream()
            .collect(Collectors.toMap(StageLedger::stage, StageLedger::outcomes));
    assertEquals(
        Map.of(
            "Map codes",
            Map.of("passed", 3L),
            "Translate codings",
            OUTCOMES,
            "Resources",
            OUTCOMES,
            "Rows",
            OUTCOMES,
            "Values",
            OUTCOMES),
        outcomes);
  }

  @Test
  void thePolicyForAConceptTakesTheSameAsInJson(TestPipeline pipeline) {
    ConceptPolicy own = ConceptPolicy.bySystems(List.of("urn:own"));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    List<Condition> both =
        List.of(
            condition("c1", "SCT", "1", "urn:own", "5"),
            condition("c2", "SCT", "1", "urn:own", "6"));
    Mapped<Condition> resources =
        pipeline
            .apply("Resources", Create.of(both).withCoder(ResourceCoder.of(Condition.class)))
            .apply(
                "Map resources",
                HapiCodes.<Condition>map(maps)
                    .withConceptPolicy(own)
                    .countedIn(rejects)
                    .withStage("Resources"));
    PAssert.that(
            resources
                .values()
                .apply(
                    "Codes added",
                    MapElements.into(TypeDescriptors.strings()).via(HapiCodesTest::codes)))
        .containsInAnyOrder("c1 1 5 urn:t/null/w/null", "c2 1 6 urn:t/5/x/X");
    PCollection<PlacedTranslation> json =
        pipeline
            .apply("Records", Create.of(records(both)).withCoder(InputRecordCoder.of()))
            .apply("Map records", Codes.map(maps).withConceptPolicy(own).rejectedTo(rejects))
            .get(MapCodes.TRANSLATIONS);
    List<String> expected =
        List.of(
            "c1 Condition.code.coding[0] mapped another-coding-chosen 0",
            "c1 Condition.code.coding[1] mapped element 1",
            "c2 Condition.code.coding[0] mapped element 1",
            "c2 Condition.code.coding[1] unmapped code-not-in-maps 0");
    PAssert.that(taken("Of records", json)).containsInAnyOrder(expected);
    PAssert.that(taken("Of resources", resources.translations())).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    assertThrows(
        IllegalStateException.class,
        () ->
            Codes.mapValues(maps, (Condition c) -> List.of(), (c, translations) -> c)
                .withConceptPolicy(own));
  }

  private static PCollection<String> taken(String name, PCollection<PlacedTranslation> placed) {
    return placed.apply(
        name,
        MapElements.into(TypeDescriptors.strings())
            .via(
                p ->
                    String.join(
                        " ",
                        p.coding().resourceId(),
                        p.coding().path(),
                        p.translation().outcome().code(),
                        p.translation().reason().code(),
                        String.valueOf(p.translation().accepted()))));
  }

  @Test
  void aTypeOfOnesOwnStaysWhatItIs(TestPipeline pipeline) {
    Mapped<WardPatient> mapped =
        pipeline
            .apply(Create.of(WardPatient.inBed("7").eating("http://snomed.info/sct", "1")))
            .apply("Map", HapiCodes.map(maps));
    PAssert.that(
            mapped
                .values()
                .apply(
                    "Ward",
                    MapElements.into(TypeDescriptors.strings())
                        .via(patient -> patient.bed() + " " + patient.dietCodings())))
        .containsInAnyOrder("7 2");
    PAssert.that(
            mapped
                .translations()
                .apply(
                    "Places",
                    MapElements.into(TypeDescriptors.strings()).via(p -> p.coding().path())))
        .containsInAnyOrder("Patient.extension('http://example.org/diet').value.coding[0]");
    pipeline.run();
  }

  @Test
  void identifiersBecomePseudonymsInTheTranslationsOnly(TestPipeline pipeline) {
    PayloadHash hash = PayloadHash.keyed("0123456789abcdef".getBytes(UTF_8));
    Mapped<Condition> mapped =
        pipeline
            .apply(Create.of(conditions.get(0)).withCoder(ResourceCoder.of(Condition.class)))
            .apply("Map", HapiCodes.<Condition>map(maps).withPseudonyms(hash));
    PAssert.that(
            mapped
                .translations()
                .apply(
                    "Places",
                    MapElements.into(TypeDescriptors.strings())
                        .via(p -> p.coding().resourceId() + " " + p.coding().path())))
        .containsInAnyOrder(
            hash.pseudonym("c1") + " Condition.code.coding[0]",
            hash.pseudonym("c1") + " Condition.code.coding[1]");
    PAssert.that(
            mapped
                .values()
                .apply(
                    "Ids",
                    MapElements.into(TypeDescriptors.strings())
                        .via(c -> c.getIdElement().getIdPart())))
        .containsInAnyOrder("c1");
    pipeline.run();
  }

  @Test
  void mapsThatMayChangeAreTakenTooAndOnlyFixedOnesAreCompared(TestPipeline pipeline) {
    PCollectionView<CodeMaps> latest =
        pipeline
            .apply("Latest maps", Create.of(maps).withCoder(CodeMapsCoder.of()))
            .apply(View.asSingleton());
    PCollection<Condition> resources =
        pipeline.apply(Create.of(conditions.get(0)).withCoder(ResourceCoder.of(Condition.class)));
    Mapped<Condition> watched = resources.apply("Watched", HapiCodes.<Condition>map(latest));
    PAssert.that(
            watched
                .translations()
                .apply(
                    "Outcomes",
                    MapElements.into(TypeDescriptors.strings())
                        .via(p -> p.coding().path() + " " + p.translation().outcome().code())))
        .containsInAnyOrder("Condition.code.coding[0] mapped", "Condition.code.coding[1] unmapped");
    PAssert.that(
            resources
                .apply("Same maps", HapiCodes.<Condition>map(maps).changedSince(maps))
                .values())
        .empty();
    assertThrows(
        IllegalStateException.class, () -> HapiCodes.<Condition>map(latest).changedSince(maps));
    pipeline.run();
  }

  private static <T> PTransform<PBegin, PCollection<T>> input(
      boolean stream, List<T> values, Coder<T> coder) {
    if (!stream) {
      return Create.of(values).withCoder(coder);
    }
    TestStream.Builder<T> events = TestStream.create(coder);
    for (int i = values.size() - 1; i >= 0; i--) {
      events =
          events
              .addElements(values.get(i))
              .advanceWatermarkTo(Instant.ofEpochMilli(1000L * (values.size() - i)));
    }
    return events.advanceWatermarkToInfinity();
  }

  private static PCollection<Translation> translations(
      String name, PCollection<PlacedTranslation> placed) {
    return placed.apply(
        name,
        MapElements.into(TypeDescriptor.of(Translation.class)).via(PlacedTranslation::translation));
  }

  private static List<InputRecord> records(List<Condition> conditions) {
    return conditions.stream()
        .map(
            c ->
                InputRecord.ofText(
                    "f",
                    c.getIdElement().getIdPart(),
                    FhirContext.forR4Cached().newJsonParser().encodeResourceToString(c)))
        .toList();
  }

  private static Row row(Condition condition) {
    List<Coding> codings = condition.getCode().getCoding();
    return Row.withSchema(SCHEMA)
        .addValue(condition.getIdElement().getIdPart())
        .addArray(codings.stream().map(c -> plain(c).system()).toList())
        .addArray(codings.stream().map(Coding::getCode).toList())
        .build();
  }

  private static org.healthbeam.core.code.Coding plain(Coding coding) {
    return org.healthbeam.core.code.Coding.of(
        coding.hasSystem() ? coding.getSystem() : "", coding.getCode());
  }

  private static String codes(Condition condition) {
    return condition.getIdElement().getIdPart()
        + condition.getCode().getCoding().stream()
            .map(
                c ->
                    " "
                        + ("urn:t".equals(c.getSystem())
                            ? "urn:t/" + c.getVersion() + "/" + c.getCode() + "/" + c.getDisplay()
                            : c.getCode()))
            .collect(Collectors.joining());
  }

  private static Condition condition(String id, String... systemsAndCodes) {
    Condition condition = new Condition();
    condition.setId(id);
    for (int i = 0; i < systemsAndCodes.length; i += 2) {
      Coding coding = condition.getCode().addCoding().setCode(systemsAndCodes[i + 1]);
      if (!systemsAndCodes[i].isEmpty()) {
        coding.setSystem(systemsAndCodes[i]);
      }
    }
    return condition;
  }
}
