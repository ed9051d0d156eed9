package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.logicaltypes.SqlTypes;
import org.apache.beam.sdk.schemas.logicaltypes.VariableString;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.EventDate;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class MapRowCodesTest {
  private static final FieldType TEXT = FieldType.STRING.withNullable(true);
  private static final Schema CLAIM =
      Schema.builder()
          .addInt64Field("claim_id")
          .addField("diagnosis_1", FieldType.logicalType(VariableString.of(10)).withNullable(true))
          .addField("procedure", TEXT)
          .addField("procedure_system", TEXT)
          .addField("labs", FieldType.array(TEXT).withNullable(true))
          .addField("lab_names", FieldType.array(TEXT).withNullable(true))
          .build();
  private static final List<Row> CLAIMS =
      List.of(
          claim(1, "a", "b", "urn:s", Arrays.asList("a", null, "b", "c"), List.of("A")),
          claim(2, null, "a", null, null, null),
          claim(3, "", " a", "urn:s", List.of(), null));

  @TempDir Path dir;
  private CodeMaps maps;

  @BeforeEach
  void maps() throws Exception {
    Path file = dir.resolve("map.csv");
    Files.writeString(
        file,
        """
        source_system,source_code,target_system,target_code,target_display,relationship,map_url,map_version
        urn:s,a,urn:t,x,X,equivalent,urn:m,1
        urn:s,a,urn:u,v,,source-is-broader-than-target,urn:m,1
        urn:s,b,urn:t,y,Y,equivalent,urn:m,1
        urn:s,b,urn:t,z,Z,equivalent,urn:m,1
        """);
    maps = CodeMaps.fromFiles(List.of(file.toString()));
  }

  @Test
  void everyGroupGetsItsColumnsAndEveryCodeIsCounted(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Mapped<Row> mapped = map(pipeline.apply(Create.of(CLAIMS).withRowSchema(CLAIM)), rejects);
    assertEquals(
        List.of(
            "claim_id",
            "diagnosis_1",
            "procedure",
            "procedure_system",
            "labs",
            "lab_names",
            "dx_outcome",
            "dx_target_system",
            "dx_target_version",
            "dx_target_code",
            "dx_target_display",
            "dx_relationship",
            "procedure_outcome",
            "procedure_targets",
            "labs_outcome",
            "labs_targets",
            "lab_outcome",
            "lab_target_system",
            "lab_target_version",
            "lab_target_code",
            "lab_target_display",
            "lab_relationship"),
        mapped.values().getSchema().getFieldNames());
    PAssert.that(seen(mapped.values()))
        .containsInAnyOrder(
            "1 dx=mapped,urn:t,,x,X,equivalent procedure=ambiguous,[]"
                + " labs=[mapped, null, ambiguous, unmapped],[0/urn:t/x, 0/urn:u/v]"
                + " lab=[v, null, null, null]",
            "2 dx=null,null,null,null,null,null procedure=invalid,[] labs=[],[] lab=[]",
            "3 dx=null,null,null,null,null,null procedure=invalid,[] labs=[],[] lab=[]");
    PAssert.that(places(mapped))
        .containsInAnyOrder(
            "1 diagnosis_1 mapped",
            "1 procedure ambiguous",
            "1 labs[0] mapped A",
            "1 labs[2] ambiguous",
            "1 labs[3] unmapped",
            "1 labs[0] mapped",
            "1 labs[2] ambiguous",
            "1 labs[3] unmapped",
            "2 procedure invalid",
            "3 procedure invalid");
    assertCounted(pipeline.run(), rejects);
  }

  @Test
  void aStreamGivesTheSame(TestPipeline pipeline) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    TestStream<Row> claims =
        TestStream.create(CLAIM)
            .addElements(CLAIMS.get(2))
            .advanceWatermarkTo(Instant.ofEpochMilli(1000))
            .addElements(CLAIMS.get(1), CLAIMS.get(0))
            .advanceWatermarkToInfinity();
    Mapped<Row> mapped = map(pipeline.apply(claims), rejects);
    PAssert.that(seen(mapped.values()))
        .containsInAnyOrder(
            "1 dx=mapped,urn:t,,x,X,equivalent procedure=ambiguous,[]"
                + " labs=[mapped, null, ambiguous, unmapped],[0/urn:t/x, 0/urn:u/v]"
                + " lab=[v, null, null, null]",
            "2 dx=null,null,null,null,null,null procedure=invalid,[] labs=[],[] lab=[]",
            "3 dx=null,null,null,null,null,null procedure=invalid,[] labs=[],[] lab=[]");
    assertCounted(pipeline.run(), rejects);
  }

  private Mapped<Row> map(PCollection<Row> claims, Rejects rejects) {
    return claims.apply(
        "Map claims",
        Codes.mapRows(
                maps,
                CodeColumns.of("diagnosis_1")
                    .inSystem("urn:s")
                    .withPrefix("dx_")
                    .toOneTargetIn("urn:t"),
                CodeColumns.of("procedure").systemFrom("procedure_system"),
                CodeColumns.of("labs").inSystem("urn:s").displayFrom("lab_names"),
                CodeColumns.of("labs").inSystem("urn:s").withPrefix("lab_").toOneTargetIn("urn:u"))
            .identifiedBy("claim_id")
            .countedIn(rejects));
  }

  private static void assertCounted(PipelineResult result, Rejects rejects) {
    result.waitUntilFinish();
    assertEquals(List.of(), rejects.ledger(result.metrics()).violations());
    assertEquals(
        Map.of("mapped", 3L, "ambiguous", 3L, "unmapped", 2L, "invalid", 2L),
        rejects.ledger(result.metrics()).stages().get(0).outcomes());
  }

  @Test
  void thePolicyAllPutsEveryTargetIntoTheArray(TestPipeline pipeline) {
    Mapped<Row> mapped =
        pipeline
            .apply(Create.of(CLAIMS.get(0)).withRowSchema(CLAIM))
            .apply(
                "Map claims",
                Codes.mapRows(maps, CodeColumns.of("procedure").inSystem("urn:s"))
                    .withSeveralTargets(SeveralTargets.ALL));
    PAssert.that(
            mapped
                .values()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            row ->
                                row.getString("procedure_outcome")
                                    + targets(row, "procedure_targets"))))
        .containsInAnyOrder("mapped[urn:t/y, urn:t/z]");
    pipeline.run();
  }

  @Test
  void propertiesOfTheRowDecideWhatDependsOnThem(TestPipeline pipeline) throws Exception {
    Path file = dir.resolve("by-sex.json");
    Files.writeString(
        file,
        """
        {"resourceType": "ConceptMap", "url": "urn:by-sex", "status": "active", "group": [
          {"source": "urn:s", "target": "urn:t", "element": [{"code": "p", "target": [
            {"code": "f", "equivalence": "equivalent",
             "dependsOn": [{"property": "urn:sex", "value": "female"}]},
            {"code": "m", "equivalence": "equivalent",
             "dependsOn": [{"property": "urn:sex", "value": "male"}]}]}]}]}
        """);
    Schema schema = Schema.builder().addStringField("dx").addNullableStringField("sex").build();
    List<Row> rows =
        Arrays.asList("female", "male", null, "").stream()
            .map(sex -> Row.withSchema(schema).addValues("p", sex).build())
            .toList();
    Mapped<Row> mapped =
        pipeline
            .apply(Create.of(rows).withRowSchema(schema))
            .apply(
                "Map",
                Codes.mapRows(
                        CodeMaps.fromFiles(List.of(file.toString())),
                        CodeColumns.of("dx").inSystem("urn:s").toOneTargetIn("urn:t"))
                    .withProperty("urn:sex", "sex"));
    PAssert.that(
            mapped
                .values()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            row ->
                                row.getString("sex")
                                    + " "
                                    + row.getString("dx_outcome")
                                    + " "
                                    + row.getString("dx_target_code"))))
        .containsInAnyOrder(
            "female mapped f", "male mapped m", "null ambiguous null", " ambiguous null");
    pipeline.run();
  }

  @Test
  void aTargetThatIsSaidTwiceStandsOnce(TestPipeline pipeline) throws Exception {
    Path file = dir.resolve("twice.json");
    Files.writeString(
        file,
        """
        {"resourceType": "ConceptMap", "url": "urn:twice", "status": "active", "group": [
          {"source": "urn:s", "target": "urn:t", "element": [{"code": "p", "target": [
            {"code": "x", "equivalence": "equivalent",
             "product": [{"property": "urn:side", "value": "left"}]},
            {"code": "x", "equivalence": "equivalent",
             "product": [{"property": "urn:side", "value": "right"}]}]}]}]}
        """);
    Schema schema = Schema.builder().addStringField("dx").build();
    CodeMaps twice = CodeMaps.fromFiles(List.of(file.toString()));
    Mapped<Row> mapped =
        pipeline
            .apply(Create.of(Row.withSchema(schema).addValue("p").build()).withRowSchema(schema))
            .apply(
                "Map",
                Codes.mapRows(
                    twice,
                    CodeColumns.of("dx")
                        .inSystem("urn:s")
                        .withPrefix("one_")
                        .toOneTargetIn("urn:t"),
                    CodeColumns.of("dx").inSystem("urn:s")));
    PAssert.that(
            mapped
                .values()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> row.getString("one_target_code") + targets(row, "dx_targets"))))
        .containsInAnyOrder("x[urn:t/x]");
    pipeline.run();
  }

  @Test
  void theDayOfAnEventIsReadFromDatesInstantsAndText() {
    Schema schema =
        Schema.builder()
            .addNullableLogicalTypeField("day", SqlTypes.DATE)
            .addNullableField("instant", FieldType.DATETIME)
            .addNullableStringField("text")
            .addInt64Field("number")
            .build();
    Row row =
        Row.withSchema(schema)
            .addValues(
                LocalDate.of(2024, 2, 29),
                Instant.parse("2024-02-29T23:30:00-02:00"),
                "2024-02-29T10:00:00Z",
                1L)
            .build();
    assertEquals(onDay(2024, 2, 29), day(schema, row, "day"));
    assertEquals(onDay(2024, 3, 1), day(schema, row, "instant"));
    assertEquals(onDay(2024, 2, 29), day(schema, row, "text"));
    Row month = Row.withSchema(schema).addValues(null, null, "2024-02", 1L).build();
    assertEquals(EventDate.parse("2024-02"), day(schema, month, "text"));
    for (String text :
        List.of("20240229", "2024-02-29 10:00:00", "20240229T100000Z", "20240229 10:00")) {
      Row other = Row.withSchema(schema).addValues(null, null, text, 1L).build();
      assertEquals(onDay(2024, 2, 29), day(schema, other, "text"), text);
    }
    for (String text :
        Arrays.asList(
            null,
            "",
            "29.02.2024",
            "2023-02-29",
            "20230229",
            "2024-02-29garbage",
            "2024-02-290",
            "20240229100000",
            "2024-02 29",
            "2024 ",
            "202402",
            "2024022T",
            "202402-9",
            "+2024022",
            " 2024-02-29")) {
      Row other = Row.withSchema(schema).addValues(null, null, text, 1L).build();
      assertNull(day(schema, other, "text"), text);
      assertNull(day(schema, other, "day"));
      assertNull(day(schema, other, "instant"));
    }
    assertEquals(
        "Column 'number' is INT64; datedBy needs a date, DATETIME or STRING",
        assertThrows(IllegalArgumentException.class, () -> day(schema, row, "number"))
            .getMessage());
  }

  private static EventDate onDay(int year, int month, int day) {
    return EventDate.of(LocalDate.of(year, month, day));
  }

  @Nullable
  private static EventDate day(Schema schema, Row row, String column) {
    return RowCircumstances.in(schema, column, Map.of()).of(row).date();
  }

  @Test
  void halfOfACombinationIsNotTakenForOneTarget() {
    Schema schema = Schema.builder().addStringField("dx").build();
    RowCodes codes =
        RowCodes.in(
            schema,
            List.of(CodeColumns.of("dx").inSystem("urn:s").toOneTargetIn("urn:t")),
            "",
            RowCircumstances.in(schema, "", Map.of()),
            SeveralTargets.AMBIGUOUS);
    MapId map = new MapId("urn:m", "");
    Row mapped =
        codes.map(
            Row.withSchema(schema).addValue("a").build(),
            (coding, place, circumstances) ->
                new Translation(
                    coding,
                    "urn:s",
                    TranslationOutcome.MAPPED,
                    TranslationReason.ELEMENT,
                    List.of(
                        new Answer(Coding.of("urn:t", "x"), Relationship.RELATED_TO, map, map),
                        new Answer(Coding.of("urn:t", "y"), Relationship.RELATED_TO, map, map)),
                    2));
    assertEquals("mapped", mapped.getString("dx_outcome"));
    assertNull(mapped.getString("dx_target_code"));
  }

  @Test
  void columnsThatDoNotFitAreRefusedWithASentence() {
    assertRefused(
        "The rows have no column 'dx'; they have claim_id, diagnosis_1, procedure,"
            + " procedure_system, labs, lab_names",
        CodeColumns.of("dx").inSystem("urn:s"));
    assertRefused(
        "Column 'claim_id' is INT64; Codes.mapRows needs STRING or an array of STRING",
        CodeColumns.of("claim_id").inSystem("urn:s"));
    assertRefused(
        "Column 'procedure' has no system; call inSystem or systemFrom",
        CodeColumns.of("procedure"));
    assertRefused(
        "Column 'labs' is an array and the column of its codes, 'procedure', is not",
        CodeColumns.of("procedure").systemFrom("labs"));
    assertRefused(
        "The rows have a column 'procedure_outcome' already; give the group of 'procedure' another"
            + " prefix",
        CodeColumns.of("procedure").inSystem("urn:s"),
        CodeColumns.of("procedure").inSystem("urn:s"));
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = pipeline.apply(Create.of(CLAIMS).withRowSchema(CLAIM));
    assertEquals(
        "Column 'labs' is ARRAY of STRING; identifiedBy needs STRING or whole numbers",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    rows.apply(
                        Codes.mapRows(maps, CodeColumns.of("procedure").inSystem("urn:s"))
                            .identifiedBy("labs")))
            .getMessage());
    assertEquals(
        "The group of 'procedure' takes one target and the policy all; leave out one of the two",
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    rows.apply(
                        Codes.mapRows(
                                maps,
                                CodeColumns.of("procedure")
                                    .inSystem("urn:s")
                                    .toOneTargetIn("urn:t"))
                            .withSeveralTargets(SeveralTargets.ALL)))
            .getMessage());
  }

  private void assertRefused(String sentence, CodeColumns... columns) {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = pipeline.apply(Create.of(CLAIMS).withRowSchema(CLAIM));
    assertEquals(
        sentence,
        assertThrows(
                IllegalArgumentException.class,
                () -> rows.apply("Map claims", Codes.mapRows(maps, columns)))
            .getMessage());
  }

  private static Row claim(Object... values) {
    return Row.withSchema(CLAIM)
        .addValue(((Integer) values[0]).longValue())
        .addValues(Arrays.asList(values).subList(1, values.length))
        .build();
  }

  private static PCollection<String> seen(PCollection<Row> rows) {
    return rows.apply(
        "Seen", MapElements.into(TypeDescriptors.strings()).via(MapRowCodesTest::seen));
  }

  private static String seen(Row row) {
    return "%d dx=%s,%s,%s,%s,%s,%s procedure=%s,%s labs=%s,%s lab=%s"
        .formatted(
            row.getInt64("claim_id"),
            row.getString("dx_outcome"),
            row.getString("dx_target_system"),
            row.getString("dx_target_version"),
            row.getString("dx_target_code"),
            row.getString("dx_target_display"),
            row.getString("dx_relationship"),
            row.getString("procedure_outcome"),
            targets(row, "procedure_targets"),
            row.getArray("labs_outcome"),
            targets(row, "labs_targets"),
            row.getArray("lab_target_code"));
  }

  static List<String> targets(Row row, String column) {
    return row.<Row>getArray(column).stream()
        .map(
            t ->
                (t.getSchema().hasField("position") ? t.getInt32("position") + "/" : "")
                    + t.getString("system")
                    + "/"
                    + t.getString("code"))
        .toList();
  }

  private static PCollection<String> places(Mapped<?> mapped) {
    return mapped
        .translations()
        .apply(
            "Places",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    p ->
                        String.join(
                                " ",
                                p.coding().resourceId(),
                                p.coding().path(),
                                p.translation().outcome().code(),
                                p.translation().source().display())
                            .strip()));
  }
}
