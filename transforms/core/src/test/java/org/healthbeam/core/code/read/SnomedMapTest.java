package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows are made up in the form of the release; SNOMED CT's own may not be passed on. */
class SnomedMapTest {
  private static final String SCT = "http://snomed.info/sct";
  private static final String MEMBER =
      "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId";
  private static final String SIMPLE = MEMBER + "\tmapTarget\r\n";
  private static final String EXTENDED =
      MEMBER
          + "\tmapGroup\tmapPriority\tmapRule\tmapAdvice\tmapTarget\tcorrelationId\tmapCategoryId"
          + "\r\n";
  private static final String FILE = "der2_sRefset_SimpleMapSnapshot_INT_20240101.txt";
  private static final String MALE = "http://snomed.info/id/248153007";

  @Test
  void aReferenceSetIsAMapOfItsOwn() throws Exception {
    ToldMaps told =
        told(
            SIMPLE
                + "a\t20230731\t1\t449080006\t446608001\t100000001\t8140/3\r\n"
                + "b\t20230731\t1\t449080006\t784008009\t100000001\t558\r\n");
    assertEquals(
        List.of(
            new MapGroup(
                new MapId(SCT + "?fhir_cm=446608001", "20240101"),
                FILE,
                SCT,
                "",
                "http://terminology.hl7.org/CodeSystem/icd-o-3",
                ""),
            new MapGroup(
                new MapId(SCT + "?fhir_cm=784008009", "20240101"),
                FILE,
                SCT,
                "",
                "http://www.orpha.net",
                "")),
        told.facts.stream().map(ToldMaps.Fact::group).toList());
    assertEquals("100000001", told.facts.get(0).source().code());
    assertEquals("8140/3", told.facts.get(0).target().code());
    assertEquals(Relationship.RELATED_TO, told.facts.get(0).target().relationship());
  }

  @Test
  void withoutADateInTheFilesNameTheVersionIsTheLatestTime() throws Exception {
    ToldMaps told =
        ToldMaps.by(
            sink ->
                SnomedMap.read(
                    in(
                        SIMPLE
                            + simple("a", "20200131", "1", "8140/3")
                            + simple("b", "20210131", "0", "8140/3")),
                    "own.tsv",
                    "v",
                    sink));
    assertEquals("20210131", told.facts.get(0).group().map().version());
  }

  @Test
  void ofTheVersionsOfARowTheLatestCounts() throws Exception {
    ToldMaps told =
        told(
            SIMPLE
                + simple("a", "20210131", "1", "new/3")
                + simple("b", "20200131", "1", "gone/3")
                + simple("a", "20200131", "1", "old/3")
                + simple("b", "20220131", "0", "gone/3")
                + simple("c", "20200131", "0", "back/3")
                + simple("c", "20220131", "1", "back/3")
                + simple("c", "20220131", "1", "back/3"));
    assertEquals(
        List.of("new/3", "back/3"), told.facts.stream().map(fact -> fact.target().code()).toList());
  }

  @Test
  void theOrderOfTheRowsDoesNotMatter() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rows.add(simple("id" + i % 70, "20" + (10 + i / 70) + "0131", "" + i % 5 / 2 % 2, i + "/3"));
    }
    List<ToldMaps.Fact> inOrder = told(SIMPLE + String.join("", rows)).facts;
    Collections.shuffle(rows, new Random(1));
    assertEquals(inOrder, told(SIMPLE + String.join("", rows)).facts);
  }

  @Test
  void groupPriorityRuleAdviceAndCorrelationAreKept() throws Exception {
    ToldMaps told =
        told(
            EXTENDED
                + extended("a", "2", "1", "IFA 248153007 | Male (finding) |", "N46", "447558009"));
    assertEquals(List.of(Property.of(MALE, "true")), told.facts.get(0).target().dependsOn());
    assertEquals(new Combination(1, 2, 1), told.facts.get(0).target().combination());
    assertEquals("ADVICE OF a", told.facts.get(0).target().comment());
    assertEquals(Relationship.SOURCE_IS_NARROWER, told.facts.get(0).target().relationship());
  }

  @ParameterizedTest
  @CsvSource({
    "447557004, equivalent",
    "447558009, source-is-narrower-than-target",
    "447559001, source-is-broader-than-target",
    "447560006, related-to",
    "447561005, related-to",
    "447556008, not-related-to",
    "'',        related-to"
  })
  void correlationBecomesRelationship(String correlation, String relationship) throws Exception {
    ToldMaps told = told(EXTENDED + extended("a", "1", "1", "TRUE", "A00.0", correlation));
    assertEquals(relationship, told.facts.get(0).target().relationship().code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "OTHERWISE TRUE"})
  void aRuleThatIsAlwaysTrueDependsOnNothing(String rule) {
    assertEquals(List.of(), MapRule.of(rule));
  }

  @Test
  void aConjunctionBecomesOnePropertyForEachCondition() {
    String age = "http://snomed.info/id/445518008";
    assertEquals(
        List.of(Property.of(age, ">= 12.0 years"), Property.of(age, "< 19.0 years")),
        MapRule.of(
            "IFA 445518008 | Age at onset of clinical finding (observable entity) | >= 12.0 years"
                + " AND IFA 445518008 | Age at onset of clinical finding (observable entity) | <"
                + " 19.0 years"));
    assertEquals(
        List.of(Property.of("http://snomed.info/id/100000001", "true"), Property.of(MALE, "true")),
        MapRule.of("IFA 100000001 | This AND that (disorder) | AND IFA 248153007 | Male |"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "IFA 100000001 | A | OR IFA 100000002 | B |",
        "IFA 100000001 | A | AND",
        "NOT IFA 100000001 | A |",
        "IFA 100000001",
        "something else"
      })
  void anyOtherRuleIsOnePropertyWithItsText(String rule) {
    assertEquals(List.of(Property.of("mapRule", rule)), MapRule.of(rule));
  }

  @Test
  void aRuleThatIsNotKnownIsAmbiguousAndOneThatIsKnownDecides() throws Exception {
    CodeMap map =
        compiled(
            EXTENDED
                + extended("a", "1", "1", "IFA 248153007 | Male (finding) |", "N46", "")
                + extended("b", "1", "2", "OTHERWISE TRUE", "N97.9", "")
                + extended("c", "2", "1", "TRUE", "Z31.6", ""));
    assertEquals(TranslationOutcome.AMBIGUOUS, translate(map, Circumstances.NONE).outcome());
    assertTaken(List.of("N46", "Z31.6"), translate(map, male("true")));
    assertTaken(List.of("N97.9", "Z31.6"), translate(map, male("false")));
  }

  @Test
  void anEmptyTargetSaysThatThereIsNoneForItsGroup() throws Exception {
    String none = extended("a", "1", "1", "TRUE", "", "447561005");
    assertEquals(
        TranslationOutcome.NOT_MAPPABLE,
        translate(compiled(EXTENDED + none), Circumstances.NONE).outcome());
    assertTaken(
        List.of("Y57.9"),
        translate(
            compiled(EXTENDED + none + extended("b", "2", "1", "TRUE", "Y57.9", "")),
            Circumstances.NONE));
  }

  @Test
  void aTargetThatLacksACharacterIsReturnedButNotTaken() throws Exception {
    Translation translation =
        translate(
            compiled(EXTENDED + extended("a", "1", "1", "TRUE", "S93.409?", "")),
            Circumstances.NONE);
    assertEquals(TranslationOutcome.AMBIGUOUS, translation.outcome());
    assertEquals("S93.409?", translation.answers().get(0).target().code());
  }

  @Test
  void aMapToSnomedStartsFromTheOtherSystem() throws Exception {
    ToldMaps told =
        told(
            MEMBER
                + "\tmapSource\n"
                + "a\t20230731\t1\t449080006\t900000000000497000\t100000001\tXa0bc\n");
    assertEquals("http://read.info/ctv3", told.facts.get(0).group().source());
    assertEquals("Xa0bc", told.facts.get(0).source().code());
    assertEquals(SCT, told.facts.get(0).group().target());
    assertEquals("100000001", told.facts.get(0).target().code());
  }

  @ParameterizedTest
  @CsvSource({
    "447557004, equivalent",
    "447558009, source-is-broader-than-target",
    "447559001, source-is-narrower-than-target",
    "447561005, related-to"
  })
  void inAMapToSnomedTheCorrelationIsSeenFromTheOtherSide(String correlation, String relationship)
      throws Exception {
    ToldMaps told = told(toSnomed("correlationId", correlation));
    assertEquals("100000001", told.facts.get(0).target().code());
    assertEquals(relationship, told.facts.get(0).target().relationship().code());
  }

  @Test
  void aMapToSnomedSaysThatThereIsNoTarget() throws Exception {
    ToldMaps told = told(toSnomed("correlationId", "447556008"));
    assertEquals("Xa0bc", told.facts.get(0).source().code());
    assertEquals(Target.none(), told.facts.get(0).target());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mapGroup", "mapPriority", "mapRule", "mapAdvice"})
  void aMapToSnomedHasNoGroupsRulesAndAdvice(String column) {
    assertEquals(
        FILE
            + ", line 1: has the columns mapSource and "
            + column
            + "; only a map from SNOMED CT has groups, rules and advice",
        assertThrows(InvalidMapException.class, () -> told(toSnomed(column, "1"))).getMessage());
  }

  private static String toSnomed(String column, String value) {
    return MEMBER
        + "\tmapSource\t"
        + column
        + "\na\t20230731\t1\t449080006\t900000000000497000\t100000001\tXa0bc\t"
        + value
        + "\n";
  }

  @ParameterizedTest
  @CsvSource({"mapPriority, mapGroup", "mapGroup, mapPriority"})
  void rulesNeedGroupsAndPriorities(String there, String lacking) {
    String header = MEMBER + "\t" + there + "\tmapRule\tmapTarget\n";
    String row = "a\t20230731\t1\t4\t447562003\t100000001\t1\t";
    assertEquals(
        FILE
            + ", line 1: has a column mapRule and lacks "
            + lacking
            + ", without which OTHERWISE has no rules before it",
        assertThrows(InvalidMapException.class, () -> told(header + row + "OTHERWISE TRUE\tX\n"))
            .getMessage());
  }

  @Test
  void aTargetThatTwoRulesHaveKeepsTheRulesAndTheAdviceOfBoth() throws Exception {
    CodeMap map =
        compiled(
            EXTENDED
                + extended("a", "1", "1", "IFA 248153007 | Male (finding) |", "N46", "")
                + extended("b", "1", "2", "IFA 445518008 | Age | < 28.0 days", "N46", ""));
    Translation unknown = translate(map, Circumstances.NONE);
    assertEquals(TranslationOutcome.AMBIGUOUS, unknown.outcome());
    assertEquals(
        List.of("ADVICE OF a", "ADVICE OF b"),
        unknown.answers().stream().map(each -> each.detail().comment()).toList());
    assertEquals(
        List.of(MALE, "http://snomed.info/id/445518008"),
        unknown.answers().stream().map(each -> each.detail().dependsOn().get(0).name()).toList());
  }

  @Test
  void aTargetThatOneRuleHasForCertainIsTakenWhateverTheRuleBeforeItComesTo() throws Exception {
    CodeMap map =
        compiled(
            EXTENDED
                + extended("a", "1", "1", "IFA 445518008 | Age | < 28.0 days", "N46", "")
                + extended("b", "1", "2", "IFA 248153007 | Male (finding) |", "N46", "")
                + extended("c", "1", "3", "OTHERWISE TRUE", "N47", ""));
    Translation certain = translate(map, male("true"));
    assertTaken(List.of("N46"), certain);
    assertEquals(
        List.of("ADVICE OF b", "ADVICE OF a"),
        certain.answers().stream().map(each -> each.detail().comment()).toList());
    assertEquals(TranslationOutcome.AMBIGUOUS, translate(map, Circumstances.NONE).outcome());
    assertEquals(TranslationOutcome.AMBIGUOUS, translate(map, male("false")).outcome());
  }

  @Test
  void whereEveryRuleThatMayHoldHasNoTargetThereIsNone() throws Exception {
    CodeMap map =
        compiled(
            EXTENDED
                + extended("a", "1", "1", "IFA 248153007 | Male (finding) |", "", "")
                + extended("b", "1", "2", "OTHERWISE TRUE", "", ""));
    assertEquals(TranslationOutcome.NOT_MAPPABLE, translate(map, Circumstances.NONE).outcome());
  }

  @Test
  void anUnknownReferenceSetNeedsAColumnThatSaysItsSystem() throws Exception {
    String row = "a\t20230731\t1\t449080006\t999999999\t100000001\tx1";
    assertEquals(
        FILE
            + ", line 2: is of the reference set 999999999, whose code system is not known; add a"
            + " column codeSystem that says it",
        assertThrows(InvalidMapException.class, () -> told(SIMPLE + row + "\n")).getMessage());
    ToldMaps told = told(MEMBER + "\tmapTarget\tcodeSystem\n" + row + "\tI10\n");
    assertEquals("http://hl7.org/fhir/sid/icd-10", told.facts.get(0).group().target());
  }

  @ParameterizedTest
  @CsvSource({
    "'	20230731	1	4	446608001	100000001	x', has no id",
    "a	2023	1	4	446608001	100000001	x, has an effectiveTime that is not a date yyyymmdd",
    "a	20230731	2	4	446608001	100000001	x, has an active that is neither 1 nor 0",
    "a	20230731	1	4	x	100000001	x,"
        + " has a refsetId or referencedComponentId that is not an identifier",
    "a	20230731	1	4	446608001	100000001, has 6 cells; the header has 7",
    "a	20230731	1	4	446608001	100000001	x  y,"
        + " 'has a maptarget that is not a code: no white space at either end and no more than one"
        + " space between'"
  })
  void aWrongRowIsRefused(String row, String message) {
    InvalidMapException e =
        assertThrows(InvalidMapException.class, () -> told(SIMPLE + row + "\n"));
    assertEquals(FILE + ", line 2: " + message, e.getMessage());
  }

  @Test
  void twoRowsOfOneTimeThatDifferAreRefused() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class,
            () ->
                told(
                    SIMPLE
                        + simple("a", "20200131", "1", "x/3")
                        + simple("a", "20200131", "1", "y/3")));
    assertEquals(
        FILE + ", line 3: has the id and effectiveTime of line 2 but says something else",
        e.getMessage());
  }

  @Test
  void theyAreFoundWhereverTheyStand() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class,
            () ->
                told(
                    SIMPLE
                        + simple("a", "20200131", "1", "x/3")
                        + simple("a", "20190131", "1", "y/3")
                        + simple("a", "20180131", "1", "y/3")
                        + simple("a", "20190131", "1", "z/3")));
    assertEquals(
        FILE + ", line 5: has the id and effectiveTime of line 3 but says something else",
        e.getMessage());
  }

  @Test
  void anotherReferenceSetIsRefused() {
    InvalidMapException e =
        assertThrows(
            InvalidMapException.class, () -> told(MEMBER + "\tmapTarget\tattributeId\r\n"));
    assertEquals(
        FILE
            + ", line 1: has a column attributeId, which a simple, complex or extended map"
            + " reference set does not have there",
        e.getMessage());
  }

  @Test
  void theFileIsKnownByItsNameAndHeader() throws Exception {
    for (String name :
        List.of(FILE, "xder2_iisssccRefset_ExtendedMapFull_INT_20240101.txt.gz", "own.tsv")) {
      MapFormat format = MapFormat.ofName("/release/" + name).orElseThrow();
      assertEquals(
          1,
          ToldMaps.by(
                  sink ->
                      format.read(
                          in(SIMPLE + simple("a", "20200131", "1", "x/3")), name, "v", sink))
              .facts
              .size());
    }
    assertEquals(Optional.empty(), MapFormat.ofName("sct2_Concept_Snapshot_INT_20240101.txt"));
  }

  private static String simple(String id, String time, String active, String target) {
    return String.join("\t", id, time, active, "449080006", "446608001", "100000001", target)
        + "\r\n";
  }

  private static String extended(
      String id, String group, String priority, String rule, String target, String correlation) {
    return String.join(
            "\t",
            id,
            "20230731",
            "1",
            "449080006",
            "447562003",
            "100000001",
            group,
            priority,
            rule,
            "ADVICE OF " + id,
            target,
            correlation,
            target.isEmpty() ? "447638001" : "447637006")
        + "\r\n";
  }

  private static Circumstances male(String value) {
    return new Circumstances(null, Map.of(MALE, List.of(new Coding("", "", value, ""))));
  }

  private static Translation translate(CodeMap map, Circumstances circumstances) {
    return map.translate(
        new Coding(SCT, "", "100000001", ""), circumstances, SeveralTargets.AMBIGUOUS);
  }

  private static void assertTaken(List<String> codes, Translation translation) {
    assertEquals(TranslationOutcome.MAPPED, translation.outcome());
    assertEquals(
        codes,
        translation.answers().stream()
            .limit(translation.accepted())
            .map(answer -> answer.target().code())
            .toList());
  }

  private static ToldMaps told(String text) throws Exception {
    return ToldMaps.by(sink -> SnomedMap.read(in(text), FILE, "v", sink));
  }

  private static CodeMap compiled(String text) throws Exception {
    return ToldMaps.compiled(sink -> SnomedMap.read(in(text), FILE, "v", sink));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
