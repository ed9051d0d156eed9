package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapTableTest {
  private static final String HEADER = "source_system,source_code,target_system,target_code";

  @Test
  void columnsComeInAnyOrderAndLeadingZerosSurvive() throws Exception {
    ToldMaps maps =
        csv(
            "\uFEFFtarget_display,Target_Code,note,source_code,relationship,target_system,"
                + "source_system\n"
                + "\"A, \"\"b\"\"\",0010,ignored,0001,equal,urn:t,LN\n");
    assertEquals(
        List.of(
            new ToldMaps.Fact(
                new MapGroup(
                    new MapId("table.csv", "v"),
                    "/maps/table.csv",
                    "http://loinc.org",
                    "",
                    "urn:t",
                    ""),
                ConceptMap.Source.code("0001"),
                ConceptMap.Target.of("0010", "A, \"b\"", Relationship.EQUIVALENT))),
        maps.facts);
  }

  @Test
  void tsvHasNoQuotes() throws Exception {
    String table =
        "source_system\tsource_code\ttarget_system\ttarget_code\ttarget_display\r\n"
            + "urn:s\ta\turn:t\tx\t\"half\r\n";
    ToldMaps maps = ToldMaps.by(sink -> MapTable.read(in(table), '\t', "t.tsv", "v", sink));
    assertEquals("\"half", maps.facts.get(0).target().display());
  }

  @Test
  void aRowWithoutTargetSaysThatThereIsNone() throws Exception {
    CodeMap map = compiled(HEADER + "\nurn:s,a,urn:t,\nurn:s,b,,\n");
    for (String code : List.of("a", "b")) {
      assertEquals(
          TranslationOutcome.NOT_MAPPABLE,
          map.translate(Coding.of("urn:s", code), SeveralTargets.ALL).outcome());
    }
  }

  @Test
  void aRelationshipThatIsNotStatedIsNotKnown() throws Exception {
    CodeMap map = compiled(HEADER + "\nurn:s,a,urn:t,x\n");
    assertEquals(
        Relationship.RELATED_TO,
        map.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL).answers().get(0).relationship());
  }

  @Test
  void oneTableMayHoldSeveralMaps() throws Exception {
    ToldMaps maps =
        csv(HEADER + ",map_url,map_version\nurn:s,a,urn:t,x,urn:m,1\nurn:s,a,urn:t,y,urn:n,\n");
    assertEquals(List.of(new MapId("urn:m", "1"), new MapId("urn:n", "v")), List.copyOf(maps.maps));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "source_system,source_code,target_system | line 1 | no column target_code",
        "source_system,source_code,target_system,target_code,relationshp | line 1 | relationship",
        "source_system,source_code,target_system,target_code,source_code | line 1 | twice",
        "'' | | is empty",
      })
  void aHeaderThatIsWrongIsRefused(String header, String where, String what) {
    refused(header, where == null ? "" : where, what);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "urn:s,a,urn:t | has 3 cells",
        "urn:s,a,urn:t,x,y | has 5 cells",
        "urn:s,,urn:t,x | no source_code",
        ",a,urn:t,x | no source_system",
        "urn:s,a,,x | without a target_system",
        "'urn:s ',a,urn:t,x | source_system with white space",
        "urn:s,a,' urn:t',x | target_system with white space",
        "urn:s,' a',urn:t,x | source_code",
        "urn:s,a,urn:t,'x ' | target_code",
        "urn:s,a,urn:t,x\"y\"z\",\"\" | cells",
        "urn:s,a,urn:t,\"x\"y | quote",
      })
  void aRowThatIsWrongIsRefusedWithItsLine(String row, String what) {
    refused(HEADER + "\n\"urn\n:s\",a,urn:t,x\n\n" + row.replace("'", "") + "\n", "line 5", what);
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] bytes = (HEADER + "\nurn:s,a,urn:t,x?\n").getBytes(UTF_8);
    bytes[bytes.length - 2] = (byte) 0xE9;
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () ->
                MapTable.read(new ByteArrayInputStream(bytes), ',', "t.csv", "v", new ToldMaps()));
    assertTrue(refused.getMessage().contains("UTF-8"), refused::getMessage);
  }

  @Test
  void aTruncatedGzipIsRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((HEADER + "\nurn:s,a,urn:t,x\n").getBytes(UTF_8));
    }
    byte[] whole = bytes.toByteArray();
    MapFormat format = MapFormat.ofName("t.csv.gz").orElseThrow();
    assertEquals(
        1,
        ToldMaps.by(sink -> format.read(new ByteArrayInputStream(whole), "t.csv.gz", "v", sink))
            .facts
            .size());
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () ->
                MapFormat.CSV.read(
                    new ByteArrayInputStream(whole, 0, whole.length - 9),
                    "t.csv.gz",
                    "v",
                    new ToldMaps()));
    assertTrue(refused.getMessage().contains("truncated"), refused::getMessage);
  }

  private static void refused(String table, String where, String what) {
    InvalidMapException refused = assertThrows(InvalidMapException.class, () -> csv(table));
    assertTrue(refused.getMessage().contains("/maps/table.csv"), refused::getMessage);
    assertTrue(refused.getMessage().contains(where), refused::getMessage);
    assertTrue(refused.getMessage().contains(what), refused::getMessage);
  }

  private static ToldMaps csv(String text) throws Exception {
    return ToldMaps.by(sink -> MapTable.read(in(text), ',', "/maps/table.csv", "v", sink));
  }

  private static CodeMap compiled(String text) throws Exception {
    return ToldMaps.compiled(sink -> MapTable.read(in(text), ',', "/maps/table.csv", "v", sink));
  }

  private static ByteArrayInputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
