package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V2TableTest {
  private static final String HEADER =
      """
      HL7 v2,,,Condition (IF True),,,HL7 FHIR,,,,,Comments
      Code,Text,Code System,Computable ANTLR,Computable FHIRPath,Narrative,Code,,Display,\
      Code System,,
      """;
  private static final String V2 = "http://terminology.hl7.org/CodeSystem/v2-";

  @Test
  void commentsBesideTheTableAreNone() throws Exception {
    String table = ",,,,Comments\nCode,Code System,Code,Code System\nF,HL70001,female,urn:x\n";
    ToldMaps told =
        ToldMaps.by(
            sink -> V2Table.read(new ByteArrayInputStream(table.getBytes(UTF_8)), "t", "v", sink));
    assertEquals("", told.facts.get(0).target().comment());
  }

  @Test
  void aRowIsAMappingWithItsComment() throws Exception {
    ToldMaps told = told("F ,Female,HL70001,,,,\u00a0female,,Female,http://hl7.org/x,,\"A, b\"\n");
    assertEquals(
        List.of(
            new ToldMaps.Fact(
                new MapGroup(
                    new MapId("table.csv", "v"),
                    "/v2/table.csv",
                    V2 + "0001",
                    "",
                    "http://hl7.org/x",
                    ""),
                ConceptMap.Source.code("F"),
                ConceptMap.Target.of("female", "Female", Relationship.RELATED_TO).saying("A, b"))),
        told.facts);
  }

  @ParameterizedTest
  @CsvSource({"'a,p,n', fhirpath, p", "'a,,n', computable, a", "',,n', narrative, n"})
  void aConditionIsOnePropertyAndIsNotGuessed(String cells, String name, String value)
      throws Exception {
    String row = "U,Update,HL70206," + cells + ",PUT,,,http://hl7.org/x,,\n";
    assertEquals(List.of(Property.of(name, value)), told(row).facts.get(0).target().dependsOn());
    CodeMap map = ToldMaps.compiled(sink -> V2Table.read(in(HEADER + row), "t.csv", "v", sink));
    Translation translation = translate(map, V2 + "0206", "U");
    assertEquals(TranslationOutcome.AMBIGUOUS, translation.outcome());
    assertEquals(TranslationReason.DEPENDS_ON, translation.reason());
  }

  @Test
  void aRowWithoutTargetNamesItsSourceAndOneWithoutSourceSaysNothing() throws Exception {
    ToldMaps told = told("B,Bad,HL70190,,,,,,,,,\n,,,,,,x,,X,http://hl7.org/x,,\n,,,,,,,,,,,\n");
    assertEquals(1, told.facts.size());
    assertEquals(null, told.facts.get(0).target());
  }

  @ParameterizedTest
  @CsvSource({"HL70354", "HL7-0354", "HL0354"})
  void aTableOfV2GoesByItsCanonicalUri(String name) throws Exception {
    ToldMaps told = told("A,a," + name + ",,,,x,,,http://hl7.org/x,,\n");
    assertEquals(V2 + "0354", told.facts.get(0).group().source());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A,a,,,,,x,,,http://hl7.org/x,,       | has an HL7 v2 code without a code system",
        "A,a,HL70001,,,,x,,,,,                | has a FHIR code without a code system",
        "A,a,HL70001,,,,x                     | has 7 cells; the header has 12",
        "A  b,a,HL70001,,,,x,,,http://hl7.org/x,, | has a code that is not a code: no white space"
            + " at either end and no more than one space between"
      })
  void aWrongRowIsRefused(String row, String message) {
    InvalidMapException e = assertThrows(InvalidMapException.class, () -> told(row.strip() + "\n"));
    assertEquals("/v2/table.csv, line 3: " + message, e.getMessage());
  }

  @Test
  void aTableWithoutItsHeaderIsRefused() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class,
            () -> V2Table.read(in("a,b\n".repeat(9)), "t.csv", "v", new ToldMaps()));
    assertEquals(
        "t.csv: has no header with two columns Code within its first 5 rows", e.getMessage());
  }

  @Test
  void aCsvOfNoKnownLayoutIsRefusedWithWhatIsExpected() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class,
            () -> MapFormat.CSV.read(in("from,to\na,b\n"), "t.csv", "v", new ToldMaps()));
    assertEquals(
        "t.csv, line 1: is the header of no map that is known: a table of maps has source_system,"
            + " source_code, target_system and target_code; general equivalence mappings two"
            + " columns icd… and flags; HL7's v2-to-FHIR tables two columns Code; OMOP's"
            + " source_to_concept_map its own columns; map reference"
            + " sets of SNOMED CT id, effectiveTime, active, moduleId, refsetId,"
            + " referencedComponentId and mapTarget",
        e.getMessage());
  }

  /** HL7's published tables: every row with an HL7 v2 code is told, with a target or without. */
  @Test
  void everyRowOfThePublishedTablesIsTold() throws Exception {
    ToldMaps told = ToldMaps.by(V2TableTest::tellPublished);
    assertEquals(99, told.maps.size());
    assertEquals(2_814, told.facts.size());
    assertEquals(490, told.facts.stream().filter(fact -> fact.target() == null).count());
    assertEquals(
        2,
        told.facts.stream()
            .filter(fact -> fact.target() != null && !fact.target().dependsOn().isEmpty())
            .count());
    assertEquals(70, told.facts.stream().map(fact -> fact.group().source()).distinct().count());
  }

  @Test
  void everySourceOfThePublishedTablesHasAnOutcome() throws Exception {
    CodeMap map = ToldMaps.compiled(V2TableTest::tellPublished);
    List<Coding> sources =
        ToldMaps.by(V2TableTest::tellPublished).facts.stream()
            .map(fact -> new Coding(fact.group().source(), "", fact.source().code(), ""))
            .distinct()
            .toList();
    assertEquals(2_752, sources.size());
    assertEquals(
        Map.of(
            TranslationOutcome.MAPPED, 2_285L,
            TranslationOutcome.UNMAPPED, 466L,
            TranslationOutcome.AMBIGUOUS, 1L),
        sources.stream()
            .collect(
                groupingBy(
                    coding -> map.translate(coding, SeveralTargets.AMBIGUOUS).outcome(),
                    counting())));
    Translation female = translate(map, V2 + "0001", "F");
    assertEquals(TranslationOutcome.MAPPED, female.outcome());
    assertEquals("female", female.answers().get(0).target().code());
    Translation message = translate(map, V2 + "0354", "ACK");
    assertEquals(TranslationOutcome.UNMAPPED, message.outcome());
    assertEquals(TranslationReason.NO_TARGETS_STATED, message.reason());
  }

  private static void tellPublished(MapSink sink) throws Exception {
    List<Path> tables;
    try (Stream<Path> files = Files.list(SharedCodes.file("v2-to-fhir"))) {
      tables = files.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    for (Path table : tables) {
      try (InputStream in = Files.newInputStream(table)) {
        MapFormat.CSV.read(in, table.toString(), "v", sink);
      }
    }
  }

  private static Translation translate(CodeMap map, String system, String code) {
    return map.translate(new Coding(system, "", code, ""), SeveralTargets.AMBIGUOUS);
  }

  private static ToldMaps told(String rows) throws Exception {
    return ToldMaps.by(sink -> V2Table.read(in(HEADER + rows), "/v2/table.csv", "v", sink));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
