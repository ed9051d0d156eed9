package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.transforms.files.StrictFiles;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Maps that change, in every transform that maps codes. */
class WatchedEntrancesTest {
  private static final Schema CLAIM =
      Schema.builder().addStringField("id").addStringField("diagnosis").build();

  private final Rejects rejects = Rejects.with(PayloadHash.salted());
  // One thread, and with it one instance of each step, as in a worker with one core.
  private final Pipeline pipeline =
      Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());

  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @BeforeEach
  void putMaps() {
    for (int version = 1; version <= 2; version++) {
      StrictFiles.put(
          file(version),
          "source_system,source_code,target_system,target_code,map_url,map_version\n"
              + "urn:s,a,urn:t,x,urn:m,1\n".replace(",1\n", "," + version + "\n"));
    }
  }

  private static String file(int version) {
    return "strict://entrances/" + version + ".csv";
  }

  /** Events: a number is the version of the maps that is there from now on, others are codings. */
  private PCollection<String> events(String... events) {
    TestStream.Builder<String> stream =
        TestStream.create(StringUtf8Coder.of()).advanceWatermarkTo(Instant.EPOCH);
    for (String event : events) {
      stream = stream.addElements(event);
    }
    return pipeline.apply(stream.advanceWatermarkToInfinity());
  }

  private static PCollectionView<CodeMaps> maps(PCollection<String> events) {
    return WatchMaps.latest(
        events
            .apply("Versions", Filter.by((String event) -> event.matches("[0-9]")))
            .apply("Find maps", ParDo.of(new Find()))
            .setCoder(CodeMapsCoder.of()));
  }

  private static PCollection<String> codings(PCollection<String> events) {
    return events.apply("Codings", Filter.by((String event) -> !event.matches("[0-9]")));
  }

  static final class Find extends DoFn<String, CodeMaps> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String version, OutputReceiver<CodeMaps> out) throws Exception {
      out.output(CodeMaps.find(List.of(file(Integer.parseInt(version)))));
    }
  }

  @Test
  void rowsValuesAndCodingsAreMappedByTheNewVersionToo() {
    PCollection<String> events = events("1", "before", "2", "after");
    PCollectionView<CodeMaps> maps = maps(events);
    PCollection<String> named = codings(events);

    Mapped<Row> rows =
        named
            .apply(
                "Claims",
                MapElements.into(TypeDescriptors.rows())
                    .via(id -> Row.withSchema(CLAIM).addValues(id, "a").build()))
            .setRowSchema(CLAIM)
            .apply(
                "Map rows",
                Codes.mapRows(maps, CodeColumns.of("diagnosis").inSystem("urn:s"))
                    .identifiedBy("id")
                    .withStage("Rows")
                    .countedIn(rejects));
    PAssert.that(
            rows.translations()
                .apply(
                    "Rows' versions",
                    MapElements.into(TypeDescriptors.strings())
                        .via(each -> each.coding().resourceId() + version(each.translation()))))
        .containsInAnyOrder("before1", "after2");

    Mapped<String> values =
        named.apply(
            "Map values",
            Codes.mapValues(
                    maps,
                    (String id) -> List.of(Coding.of("urn:s", "a")),
                    (id, answered) -> id + version(answered.get(0)))
                .into(TypeDescriptors.strings())
                .withStage("Values")
                .countedIn(rejects));
    PAssert.that(values.values()).containsInAnyOrder("before1", "after2");

    PAssert.that(
            named
                .apply(
                    "To codings",
                    MapElements.into(TypeDescriptor.of(Coding.class))
                        .via(id -> new Coding("urn:s", "", "a", id)))
                .setCoder(CodingCoder.of())
                .apply("Translate", Codes.translate(maps).countedIn(rejects))
                .apply(
                    "Codings' versions",
                    MapElements.into(TypeDescriptors.strings())
                        .via(each -> each.source().display() + version(each))))
        .containsInAnyOrder("before1", "after2");

    Map<String, StageLedger> stages = run();
    for (String stage : List.of("Rows", "Values", "Translate codings")) {
      assertEquals(2, stages.get(stage).in(), stage);
      assertEquals(
          Map.of("loaded", 2L), stages.get("Load code maps for " + stage).outcomes(), stage);
    }
  }

  @Test
  void aVersionThatCouldNotBeLoadedIsTriedAgain() {
    // Found and hashed once, then read by the step that maps.
    StrictFiles.failAfter(file(2), 1, 1);
    PCollection<String> events = events("1", "a", "2", "b", "c", "d");
    PCollection<String> told =
        codings(events)
            .apply("Records", ParDo.of(new ToRecords()))
            .setCoder(InputRecordCoder.of())
            .apply("Map codes", Codes.map(maps(events)).rejectedTo(rejects))
            .get(MapCodes.TRANSLATIONS)
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(each -> each.position() + version(each.translation())));
    PAssert.that(told).containsInAnyOrder("a1", "b1", "c2", "d2");
    rejects.all(pipeline);

    assertEquals(
        Map.of("loaded", 2L, "not-loaded", 1L),
        run().get("Load code maps for Map codes").outcomes());
    assertEquals(0, StrictFiles.failuresLeft(file(2)));
  }

  @Test
  void watchedMapsHaveNoOneVersionToCompareWith() throws Exception {
    PCollectionView<CodeMaps> maps = maps(events("1"));
    CodeMaps earlier = CodeMaps.find(List.of(file(1)));
    assertThrows(IllegalStateException.class, () -> Codes.translate(maps).changedSince(earlier));
    assertThrows(
        IllegalStateException.class,
        () -> Codes.mapRows(maps, CodeColumns.of("diagnosis")).changedSince(earlier));
  }

  private Map<String, StageLedger> run() {
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    return rejects.ledger(result.metrics()).stages().stream()
        .collect(Collectors.toMap(StageLedger::stage, stage -> stage));
  }

  private static String version(Translation translation) {
    return translation.answers().get(0).map().version();
  }

  static final class ToRecords extends DoFn<String, InputRecord> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String event, OutputReceiver<InputRecord> out) {
      out.output(
          InputRecord.ofText(
              "f",
              event,
              "{\"resourceType\":\"Condition\",\"code\":{\"coding\":["
                  + "{\"system\":\"urn:s\",\"code\":\"a\"}]}}"));
    }
  }
}
