package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.JavaFieldSchema;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.beam.sdk.schemas.logicaltypes.EnumerationType;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationReason;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that Beam makes of an author's own type, with parts that no group of columns names. */
@ExtendWith(TestPipelineExtension.class)
class MapOwnTypeRowsTest {
  /** What no group of columns names. */
  public enum Urgency {
    PLANNED,
    EMERGENCY
  }

  /** A part of {@link Visit}. */
  @DefaultSchema(JavaFieldSchema.class)
  public static final class Ward {
    public String name;
    @Nullable public Urgency urgency;

    @SchemaCreate
    public Ward(String name, @Nullable Urgency urgency) {
      this.name = name;
      this.urgency = urgency;
    }
  }

  /** A type of an author's own, whose schema Beam infers. */
  @DefaultSchema(JavaFieldSchema.class)
  public static final class Visit {
    public String code;
    public Instant at;
    public List<String> others;
    public Urgency urgency;
    public Ward ward;
    @Nullable public Ward nextWard;
    public List<Ward> wards;
    public Map<String, Ward> wardsByBed;
    public byte[] scan;

    @SchemaCreate
    public Visit(
        String code,
        Instant at,
        List<String> others,
        Urgency urgency,
        Ward ward,
        @Nullable Ward nextWard,
        List<Ward> wards,
        Map<String, Ward> wardsByBed,
        byte[] scan) {
      this.code = code;
      this.at = at;
      this.others = others;
      this.urgency = urgency;
      this.ward = ward;
      this.nextWard = nextWard;
      this.wards = wards;
      this.wardsByBed = wardsByBed;
      this.scan = scan;
    }
  }

  private static final Visit VISIT =
      new Visit(
          "a",
          Instant.ofEpochMilli(5),
          List.of("b", "a"),
          Urgency.EMERGENCY,
          new Ward("w", Urgency.PLANNED),
          null,
          List.of(new Ward("v", null), new Ward("w", Urgency.EMERGENCY)),
          Map.of("1", new Ward("u", null)),
          new byte[] {1, 2});

  /** Returns the columns of {@link Visit} that no group names. */
  private static String passedOn(Row visit) {
    return urgency(visit)
        + " "
        + ward(visit.getRow("ward"))
        + " "
        + visit.getRow("nextWard")
        + " "
        + visit.<Row>getArray("wards").stream().map(MapOwnTypeRowsTest::ward).toList()
        + " "
        + ward(visit.<String, Row>getMap("wardsByBed").get("1"))
        + " "
        + Arrays.toString(visit.getBytes("scan"));
  }

  private static String ward(Row ward) {
    return ward.getString("name") + "/" + urgency(ward);
  }

  private static String urgency(Row row) {
    EnumerationType.Value urgency = row.getLogicalTypeValue("urgency", EnumerationType.Value.class);
    return urgency == null
        ? "-"
        : row.getSchema()
            .getField("urgency")
            .getType()
            .getLogicalType(EnumerationType.class)
            .toString(urgency);
  }

  @TempDir Path dir;

  @Test
  void aTypeWithASchemaIsMappedAsRows(TestPipeline pipeline) throws Exception {
    Path file = dir.resolve("map.csv");
    Files.writeString(
        file,
        """
        source_system,source_code,target_system,target_code
        urn:s,a,urn:t,x
        urn:s,a,urn:u,v
        """);
    CodeMaps maps = CodeMaps.fromFiles(List.of(file.toString()));
    Mapped<Row> mapped =
        pipeline
            .apply(Create.of(VISIT))
            .apply("To rows", Convert.toRows())
            .apply(
                "Map visits",
                Codes.mapRows(
                        maps,
                        CodeColumns.of("code").inSystem("urn:s").toOneTargetIn("urn:t"),
                        CodeColumns.of("others").inSystem("urn:s"))
                    .datedBy("at"));
    PAssert.that(
            mapped
                .values()
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(
                            row ->
                                row.getString("code_target_code")
                                    + row.getDateTime("at").getMillis()
                                    + row.getArray("others")
                                    + MapRowCodesTest.targets(row, "others_targets")
                                    + " "
                                    + passedOn(row))))
        .containsInAnyOrder(
            "x5[b, a][1/urn:t/x, 1/urn:u/v]"
                + " EMERGENCY w/PLANNED null [v/-, w/EMERGENCY] u/- [1, 2]");
    pipeline.run();
  }

  @Test
  void columnsThatAreOnlyPassedOnAreThoseOfTheRowBeforeAnyCoderHasSeenThem() throws Exception {
    SchemaRegistry registry = SchemaRegistry.createDefault();
    Schema schema = registry.getSchema(Visit.class);
    Row row = registry.getToRowFunction(Visit.class).apply(VISIT);
    RowCodes codes =
        RowCodes.in(
            schema,
            List.of(CodeColumns.of("code").inSystem("urn:s")),
            "",
            RowCircumstances.in(schema, "", Map.of()),
            SeveralTargets.AMBIGUOUS);
    Row mapped =
        codes.map(
            row,
            (coding, place, known) -> Translation.invalid(coding, TranslationReason.NOT_A_CODE));
    assertEquals("invalid", mapped.getString("code_outcome"));
    String expected = "EMERGENCY w/PLANNED null [v/-, w/EMERGENCY] u/- [1, 2]";
    assertEquals(expected, passedOn(mapped));
    assertEquals(expected, passedOn(CoderUtils.clone(RowCoder.of(mapped.getSchema()), mapped)));
  }
}
