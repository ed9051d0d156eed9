package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GemFileTest {
  private static final String ICD_9 = "http://hl7.org/fhir/sid/icd-9-cm";
  private static final String ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm";
  private static final String ICD_10_PCS = "http://www.cms.gov/Medicare/Coding/ICD10";

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          0010  A000    00000, 001.0,   A00.0
          001   A00     10000, 001,     A00
          V0101 Z20818  10000, V01.01,  Z20.818
          E8000 V8141XA 10000, E800.0,  V81.41XA
          A000  0010    00000, A00.0,   001.0
          T3694XA E9800 10000, T36.94XA,E980.0
          0001  6A750Z4 10000, 00.01,   6A750Z4
          738   10A07ZZ 10000, 73.8,    10A07ZZ
          6A750Z4 0001  10000, 6A750Z4, 00.01
          """)
  void codesAreToldWithTheirPointAndTheKindFollowsFromTheirShapes(
      String line, String source, String target) throws Exception {
    ToldMaps told = text(line + "\n");
    assertEquals(source, told.facts.get(0).source().code());
    assertEquals(target, told.facts.get(0).target().code());
  }

  @Test
  void systemsFollowFromTheKind() throws Exception {
    assertEquals(List.of(ICD_9, ICD_10_CM), systems("0010 A000 00000"));
    assertEquals(List.of(ICD_10_CM, ICD_9), systems("A000 0010 00000"));
    assertEquals(List.of(ICD_9, ICD_10_PCS), systems("0001 6A750Z4 10000"));
    assertEquals(List.of(ICD_10_PCS, ICD_9), systems("6A750Z4 0001 10000"));
  }

  @Test
  void rowsWhoseShapeFitsSeveralKindsWaitForOneThatTells() throws Exception {
    ToldMaps told = text("8741 B00B0ZZ 10000\n8742 10A07ZZ 10000\n");
    assertEquals(List.of("87.41", "87.42"), sources(told));
    assertEquals(List.of("B00B0ZZ", "10A07ZZ"), targets(told));
    InvalidMapException e =
        assertThrows(InvalidMapException.class, () -> text("8741 B00B0ZZ 10000\n"));
    assertEquals(
        "gem.txt: has codes that fit more than one kind of general equivalence mapping; a table"
            + " with named columns can say what they are",
        e.getMessage());
  }

  @Test
  void flagsBecomeRelationshipNoMapAndCombination() throws Exception {
    ToldMaps told =
        text(
            """
            0010    A000    00000
            0011    A001    10000
            0012    NoDx    11000
            0013    A003    10112
            """);
    assertEquals(
        List.of(
            Relationship.EQUIVALENT,
            Relationship.RELATED_TO,
            Relationship.NOT_RELATED_TO,
            Relationship.RELATED_TO),
        told.facts.stream().map(fact -> fact.target().relationship()).toList());
    assertEquals("", told.facts.get(2).target().code());
    assertEquals(new Combination(1, 2, 0), told.facts.get(3).target().combination());
  }

  @Test
  void oneTargetOfEachChoiceListIsTakenTogether() throws Exception {
    CodeMap map =
        ToldMaps.compiled(
            sink ->
                GemFile.readText(
                    in("0010 A000 10111\n0010 A001 10112\n0011 A000 10111\n0011 A001 10111\n"),
                    "gem.txt",
                    "v",
                    sink));
    Translation both = translate(map, "001.0");
    assertEquals(TranslationOutcome.MAPPED, both.outcome());
    assertEquals(
        List.of("A00.0", "A00.1"), both.answers().stream().map(a -> a.target().code()).toList());
    Translation either = translate(map, "001.1");
    assertEquals(TranslationOutcome.AMBIGUOUS, either.outcome());
    assertEquals(TranslationReason.SEVERAL_TARGETS, either.reason());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          0010 A000;                is not a source code, a target code and five flags
          0010 A000 00000 x;        is not a source code, a target code and five flags
          0010 A000 0;              has flags '0'; five digits are expected
          0010 NoDx 10000;          has a target and a no-map flag that contradict each other
          0010 A000 11000;          has a target and a no-map flag that contradict each other
          0010 A000 10101;          is a combination without scenario or choice list
          0010 A000 10110;          is a combination without scenario or choice list
          X 6A750Z4 10000;          has codes that are not a mapping between ICD-9-CM and ICD-10
          001.0 6A750Z4 10000;      has codes that are not a mapping between ICD-9-CM and ICD-10
          """)
  void aWrongLineIsRefused(String line, String message) {
    InvalidMapException e = assertThrows(InvalidMapException.class, () -> text(line + "\n"));
    assertTrue(e.getMessage().startsWith("gem.txt, line 1: " + message), e.getMessage());
  }

  @Test
  void aFileOfMixedKindsIsRefused() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class, () -> text("0010 A000 00000\n0001 6A750Z4 10000\n"));
    assertEquals(
        "gem.txt, line 2: has codes that are not a mapping between ICD-9-CM and ICD-10 of the kind"
            + " of the rows before it",
        e.getMessage());
  }

  @Test
  void csvHasTheFlagsInOneColumnOrInFive() throws Exception {
    assertEquals(
        List.of("A00.0"), targets(csv("icd9cm,icd10cm,flags\r\n\"0010\",\"A000\",\"00000\"\r\n")));
    assertEquals(
        List.of("A00.0"),
        targets(
            csv(
                "icd9cm,icd10cm,approximate,no_map,combination,scenario,choice_list\n"
                    + "0010,A000,1,0,1,1,1\n")));
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class,
            () ->
                csv(
                    "icd9cm,icd10cm,flags,approximate,no_map,combination,scenario,choice_list\n"
                        + "0010,A000,10000,0,0,0,0,0\n"));
    assertEquals("gem.csv, line 2: has flags that contradict its other columns", e.getMessage());
  }

  @Test
  void anEmptyFileIsAMapThatSaysNothing() throws Exception {
    assertEquals(1, text("").maps.size());
    assertEquals(1, csv("icd9cm,icd10cm,flags\n").maps.size());
  }

  @ParameterizedTest
  @CsvSource({
    "2018_I9gem.txt,      TEXT, 0010 A000 00000",
    "gem_pcsi9.txt.gz,    TEXT, 6A750Z4 0001 10000",
    "icd9-to-icd10.csv,   CSV,  'icd9cm,icd10cm,flags\n0010,A000,00000'",
    "IcdMaps.csv,         CSV,  '\uFEFF\"ICD9CM\",\"icd10cm\",\"flags\"\n0010,A000,00000'"
  })
  void aFileOfMapsIsKnownByItsNameAndHeader(String name, MapFormat format, String text)
      throws Exception {
    assertEquals(Optional.of(format), MapFormat.ofName("/maps/" + name));
    assertEquals(1, ToldMaps.by(sink -> format.read(in(text), name, "v", sink)).facts.size());
    assertEquals(Optional.empty(), MapFormat.ofName("README.txt"));
    assertEquals(Optional.empty(), MapFormat.ofName("Management.txt"));
  }

  /** The published mappings of ICD-9-CM procedures to ICD-10-PCS: every row of them is told. */
  @Test
  void everyRowOfThePublishedProceduresIsTold() throws Exception {
    ToldMaps told =
        ToldMaps.by(
            sink -> {
              try (InputStream in = published()) {
                GemFile.readCsv(in, "icd9-to-icd10pcs-gem.csv", "v", sink);
              }
            });
    assertEquals(69_366, told.facts.size());
    Map<String, Long> bySource =
        told.facts.stream().collect(groupingBy(fact -> fact.source().code(), counting()));
    assertEquals(3_878, bySource.size());
    assertEquals(1_196, Collections.max(bySource.values()));
    assertEquals(1_196, bySource.get("39.50"));
    assertEquals(
        Map.of(
            Relationship.EQUIVALENT, 47L,
            Relationship.RELATED_TO, 69_109L,
            Relationship.NOT_RELATED_TO, 210L),
        told.facts.stream().collect(groupingBy(fact -> fact.target().relationship(), counting())));
    assertEquals(
        3_161, told.facts.stream().filter(fact -> fact.target().combination() != null).count());
    assertEquals(
        List.of(List.of(ICD_9, ICD_10_PCS)),
        told.facts.stream()
            .map(fact -> List.of(fact.group().source(), fact.group().target()))
            .distinct()
            .toList());
  }

  @Test
  void everySourceOfThePublishedProceduresHasAnOutcome() throws Exception {
    CodeMap map =
        ToldMaps.compiled(
            sink -> {
              try (InputStream in = published()) {
                GemFile.readCsv(in, "icd9-to-icd10pcs-gem.csv", "v", sink);
              }
            });
    List<String> sources =
        ToldMaps.by(
                sink -> {
                  try (InputStream in = published()) {
                    GemFile.readCsv(in, "icd9-to-icd10pcs-gem.csv", "v", sink);
                  }
                })
            .facts
            .stream()
            .map(fact -> fact.source().code())
            .distinct()
            .toList();
    assertEquals(
        Map.of(
            TranslationOutcome.MAPPED, 417L,
            TranslationOutcome.AMBIGUOUS, 3_251L,
            TranslationOutcome.NOT_MAPPABLE, 210L),
        sources.stream().collect(groupingBy(code -> translate(map, code).outcome(), counting())));
    // 73.93 has a row whose scenario and choice list contradict its combination flag.
    assertEquals(TranslationOutcome.AMBIGUOUS, translate(map, "73.93").outcome());
    assertEquals(1_196, translate(map, "39.50").answers().size());
    assertEquals(TranslationOutcome.NOT_MAPPABLE, translate(map, "00.16").outcome());
  }

  private static InputStream published() throws IOException {
    return new GZIPInputStream(
        Files.newInputStream(SharedCodes.file("icd9-to-icd10pcs-gem.csv.gz")));
  }

  private static Translation translate(CodeMap map, String code) {
    return map.translate(new Coding(ICD_9, "", code, ""), SeveralTargets.AMBIGUOUS);
  }

  private static List<String> systems(String line) throws Exception {
    ToldMaps.Fact fact = text(line).facts.get(0);
    return List.of(fact.group().source(), fact.group().target());
  }

  private static List<String> sources(ToldMaps told) {
    return told.facts.stream().map(fact -> fact.source().code()).collect(Collectors.toList());
  }

  private static List<String> targets(ToldMaps told) {
    return told.facts.stream().map(fact -> fact.target().code()).collect(Collectors.toList());
  }

  private static ToldMaps text(String text) throws Exception {
    return ToldMaps.by(sink -> GemFile.readText(in(text), "gem.txt", "v", sink));
  }

  private static ToldMaps csv(String text) throws Exception {
    return ToldMaps.by(sink -> GemFile.readCsv(in(text), "gem.csv", "v", sink));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
