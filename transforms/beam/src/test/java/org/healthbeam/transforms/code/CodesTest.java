package org.healthbeam.transforms.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class CodesTest {
  private static final String S = "http://loinc.org";
  private static final String T = "urn:t";
  private static final MapId MAP = new MapId("urn:m", "1");

  private static final String PSEUDONYM =
      PayloadHash.keyed("0123456789abcdef".getBytes(UTF_8)).pseudonym("o");

  @TempDir Path dir;
  private CodeMaps maps;

  @BeforeEach
  void maps() throws Exception {
    Path file = dir.resolve("map.csv");
    Files.writeString(
        file,
        """
        source_system,source_code,target_system,target_code,relationship,map_url,map_version
        LN,1-8,urn:t,x,equivalent,urn:m,1
        LN,2-6,urn:t,y,equivalent,urn:m,1
        LN,2-6,urn:t,z,equivalent,urn:m,1
        LN,3-4,urn:t,,,urn:m,1
        """);
    maps = CodeMaps.fromFiles(List.of(file.toString()));
  }

  @Test
  void recordsAreRewrittenAndEveryCodingIsAccountedFor(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    InputRecord good =
        InputRecord.ofText(
            "f",
            "1",
            "{\"resourceType\":\"Observation\",\"id\":\"o\",\"code\":{\"coding\":[{"
                + "\"system\":\"urn:oid:2.16.840.1.113883.6.1\",\"code\":\"1-8\"},"
                + "{\"system\":\"http://loinc.org\",\"code\":\"2-6\"}]}}");
    InputRecord bad = InputRecord.ofText("f", "2", "{\"id\":\"PATIENT-MARKER\"}");
    PCollectionTuple mapped =
        pipeline
            .apply(Create.of(good, bad))
            .apply("Map codes", Codes.map(maps).rejectedTo(rejects));

    PAssert.that(mapped.get(MapCodes.RECORDS))
        .containsInAnyOrder(
            InputRecord.ofText(
                "f",
                "1",
                "{\"resourceType\":\"Observation\",\"id\":\"o\",\"code\":{\"coding\":[{"
                    + "\"system\":\"urn:oid:2.16.840.1.113883.6.1\",\"code\":\"1-8\"},"
                    + "{\"system\":\"http://loinc.org\",\"code\":\"2-6\"},"
                    + "{\"system\":\"urn:t\",\"code\":\"x\"}]}}"));
    PAssert.that(mapped.get(MapCodes.TRANSLATIONS))
        .containsInAnyOrder(
            placed("Observation.code.coding[0]", byMap(mapped("urn:oid:2.16.840.1.113883.6.1"))),
            placed("Observation.code.coding[1]", byMap(ambiguous())));
    PAssert.that(rejects.all(pipeline))
        .containsInAnyOrder(
            new Rejected(
                "Map codes",
                RejectReason.MISSING_FIELD,
                "has no resourceType",
                "f",
                "2",
                PayloadHash.salted().hash("f", "2", bad.bytes())));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    Map<String, StageLedger> stages =
        rejects.ledger(result.metrics()).stages().stream()
            .collect(Collectors.toMap(StageLedger::stage, s -> s));
    assertEquals(
        Map.of("passed", 1L, "rejected:missing-field", 1L), stages.get("Map codes").outcomes());
    assertEquals(Map.of("mapped", 1L, "ambiguous", 1L), stages.get("Translate codings").outcomes());
  }

  @Test
  void ofABundleThatFailedNothingIsCounted() throws Exception {
    RecordMapper mapper =
        Codes.map(maps).rejectedTo(Rejects.with(PayloadHash.salted())).recordMapper();
    mapper.setUp();
    InputRecord record =
        InputRecord.ofText(
            "f",
            "1",
            "{\"resourceType\":\"Observation\",\"code\":{\"coding\":[{"
                + "\"system\":\"http://loinc.org\",\"code\":\"1-8\"}]}}");
    MetricsContainerImpl metrics = new MetricsContainerImpl("Map codes");
    MetricsEnvironment.setCurrentContainer(metrics);
    try {
      mapper.startBundle();
      mapper.map(record, null);
      mapper.map(record, null);
      mapper.startBundle();
      mapper.map(record, null);
      mapper.flush();
    } finally {
      MetricsEnvironment.setCurrentContainer(null);
    }
    for (String counter : List.of("Map codes|in", "Translate codings|=mapped")) {
      assertEquals(
          1,
          metrics.getCounter(MetricName.named(Outcomes.NAMESPACE, counter)).getCumulative(),
          counter);
    }
  }

  @Test
  void withoutAPlaceForRejectsTheFirstOneFailsThePipelineAndQuotesNothing() {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(InputRecord.ofText("f", "2", "{\"id\":\"PATIENT-MARKER\"}")))
        .apply("Map codes", Codes.map(maps));
    RuntimeException failure =
        assertThrows(RuntimeException.class, () -> pipeline.run().waitUntilFinish());
    for (Throwable e = failure; e != null; e = e.getCause()) {
      assertTrue(!String.valueOf(e.getMessage()).contains("PATIENT-MARKER"), e::toString);
    }
  }

  @Test
  void allTargetsAreTakenWhereThePolicySaysSo(TestPipeline pipeline) {
    PCollection<Translation> translations =
        pipeline
            .apply(Create.of(Coding.of(S, "2-6")))
            .apply("Translate", Codes.translate(maps).withSeveralTargets(SeveralTargets.ALL));
    PAssert.thatSingleton(translations)
        .isEqualTo(
            byMap(
                new Translation(
                    Coding.of(S, "2-6"),
                    S,
                    TranslationOutcome.MAPPED,
                    TranslationReason.ELEMENT,
                    List.of(answer("y"), answer("z")),
                    2)));
    pipeline.run();
  }

  @Test
  void identifiersBecomePseudonymsInTheTranslationsOnly(TestPipeline pipeline) {
    PayloadHash hash = PayloadHash.keyed("0123456789abcdef".getBytes(UTF_8));
    InputRecord record =
        InputRecord.ofText(
            "f",
            "1",
            "{\"resourceType\":\"Observation\",\"id\":\"o\",\"code\":{\"coding\":[{"
                + "\"system\":\"urn:oid:2.16.840.1.113883.6.1\",\"code\":\"1-8\"},"
                + "{\"system\":\"urn:t\",\"code\":\"x\"}]}}");
    PCollectionTuple mapped =
        pipeline.apply(Create.of(record)).apply("Map codes", Codes.map(maps).withPseudonyms(hash));
    PAssert.that(mapped.get(MapCodes.RECORDS)).containsInAnyOrder(record);
    PAssert.that(mapped.get(MapCodes.TRANSLATIONS))
        .satisfies(
            all -> {
              all.forEach(p -> assertEquals(PSEUDONYM, p.coding().resourceId()));
              return null;
            });
    assertEquals(PSEUDONYM, hash.pseudonym("o"));
    pipeline.run();
  }

  @Test
  void coverageCountsByCanonicalSystemAndOutcomeInEachWindow(TestPipeline pipeline) {
    Instant zero = Instant.ofEpochMilli(0);
    Instant later = zero.plus(Duration.standardMinutes(1));
    TestStream<Coding> codings =
        TestStream.create(CodingCoder.of())
            .addElements(
                TimestampedValue.of(Coding.of(S, "1-8"), zero),
                TimestampedValue.of(Coding.of("LN", "1-8"), zero),
                TimestampedValue.of(Coding.of(S, "2-6"), zero))
            .advanceWatermarkTo(later)
            .addElements(
                TimestampedValue.of(Coding.of(S, "1-8"), later),
                TimestampedValue.of(Coding.of("", "1-8"), later))
            .advanceWatermarkToInfinity();
    PCollection<Coverage> coverage =
        pipeline
            .apply(codings)
            .apply(Window.into(FixedWindows.of(Duration.standardMinutes(1))))
            .apply("Translate", Codes.translate(maps))
            .apply("Count coverage", Codes.coverage());
    PAssert.that(coverage)
        .inWindow(new IntervalWindow(zero, later))
        .containsInAnyOrder(
            new Coverage(S, TranslationOutcome.MAPPED, 2),
            new Coverage(S, TranslationOutcome.AMBIGUOUS, 1));
    PAssert.that(coverage)
        .inWindow(new IntervalWindow(later, Duration.standardMinutes(1)))
        .containsInAnyOrder(
            new Coverage(S, TranslationOutcome.MAPPED, 1),
            new Coverage("", TranslationOutcome.INVALID, 1));
    pipeline.run();
  }

  static Translation mapped(String system) {
    return new Translation(
        Coding.of(system, "1-8"),
        S,
        TranslationOutcome.MAPPED,
        TranslationReason.ELEMENT,
        List.of(answer("x")),
        1);
  }

  /** Returns the same, with the name of the map of these tests. */
  private static Translation byMap(Translation t) {
    return new Translation(
        t.source(), t.system(), t.outcome(), t.reason(), t.answers(), t.accepted(), "urn:m|1");
  }

  static Translation unmappedIn(String maps) {
    return new Translation(
        Coding.of(S, "4-2"),
        S,
        TranslationOutcome.UNMAPPED,
        TranslationReason.CODE_NOT_IN_MAPS,
        List.of(),
        0,
        maps);
  }

  static Translation ambiguous() {
    return new Translation(
        Coding.of(S, "2-6"),
        S,
        TranslationOutcome.AMBIGUOUS,
        TranslationReason.SEVERAL_TARGETS,
        List.of(answer("y"), answer("z")),
        0);
  }

  static Translation conditional() {
    return new Translation(
        Coding.of(S, "3-4"),
        S,
        TranslationOutcome.AMBIGUOUS,
        TranslationReason.DEPENDS_ON,
        List.of(
            answer("y"),
            new Answer(
                Coding.of("u", "z"),
                Relationship.EQUIVALENT,
                MAP,
                MAP,
                Condition.UNKNOWN,
                new Answer.Detail(
                    "",
                    List.of(new Property("p", "s", "1", "one", "")),
                    List.of(Property.of("q", "2")),
                    "c"))),
        1);
  }

  static PlacedTranslation placed(String path, Translation translation) {
    return new PlacedTranslation(
        "f", "1", new CodingInResource("Observation", "o", path, translation));
  }

  private static Answer answer(String code) {
    return new Answer(Coding.of(T, code), Relationship.EQUIVALENT, MAP, MAP);
  }
}
