package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.ReversedMaps;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.ValueSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirResourcesTest {
  private static final String MAP =
      """
      "resourceType": "ConceptMap", "status": "active", "group": [{
        "source": "urn:s", "target": "urn:t",
        "element": [{"code": "a", "display": "A", "target": [TARGET]}]}]
      """;
  private static final String TARGET = "{\"code\": \"x\", \"relationship\": \"equivalent\"}";
  private static final String VALUE_SET =
      """
      "resourceType": "ValueSet", "url": "urn:v", "version": "2", "compose": {"include": [
        {"system": "urn:s", "concept": [{"code": "a", "display": "A"}, {"code": "b"}]},
        {"system": "urn:u", "filter": [{"property": "p", "op": "=", "value": "x"}]},
        {"valueSet": ["urn:w|1"]}]}
      """;

  @Test
  void aBundleHasMapsAndValueSetsNamedByTheirEntries() throws Exception {
    ToldMaps told =
        read(
            "{\"resourceType\": \"Bundle\", \"entry\": ["
                + "{\"resource\": {\"resourceType\": \"Patient\", \"id\": \"p\"}},"
                + "{\"fullUrl\": \"urn:x\", \"resource\": {"
                + map()
                + "}}, {\"resource\": {"
                + VALUE_SET
                + "}}]}");
    assertEquals(Set.of(new MapId("maps.json!entry[1]", "")), told.maps);
    assertEquals("dir/maps.json!entry[1]", told.facts.get(0).group().file());
    assertEquals(ConceptMap.Source.code("a", "A"), told.facts.get(0).source());
    ValueSet valueSet = told.valueSets.get(0);
    assertEquals(new MapId("urn:v", "2"), valueSet.id());
    assertEquals(
        List.of(
            new ValueSet.Part(
                "urn:s",
                List.of(new Coding("urn:s", "", "a", "A"), Coding.of("urn:s", "b")),
                false,
                List.of()),
            new ValueSet.Part("urn:u", List.of(), true, List.of()),
            new ValueSet.Part("", List.of(), false, List.of("urn:w|1"))),
        valueSet.include());
  }

  @Test
  void aTypeThatStandsLastIsFoundAndNumbersStayAsTheyAre() throws Exception {
    String target =
        TARGET.replace(
            "}",
            ", \"dependsOn\": [{\"attribute\": \"dose\", \"valueQuantity\":"
                + " {\"value\": 12345678901234567890.50, \"code\": \"mg\"}}]}");
    String map = map().replace("TARGET", target).replace(TARGET, target);
    String type = "\"resourceType\": \"ConceptMap\", ";
    String last = "{" + map.replace(type, "") + ", \"resourceType\": \"ConceptMap\"}";
    ToldMaps told =
        read("{\"entry\": [{\"resource\": " + last + "}], \"resourceType\": \"Bundle\"}");
    assertEquals(
        List.of(new Property("dose", "", "12345678901234567890.5 mg", "", "")),
        told.facts.get(0).target().dependsOn());
  }

  @Test
  void anAttributeGoesByTheUriThatTheMapDeclaresAlsoAfterIt() throws Exception {
    String target =
        TARGET.replace(
            "}",
            ", \"dependsOn\": [{\"attribute\": \"sex\", \"valueCode\": \"female\"}],"
                + " \"product\": [{\"attribute\": \"side\", \"valueString\": \"left\"}]}");
    String declared =
        ", \"additionalAttribute\": [{\"code\": \"sex\", \"uri\": \"urn:sex\", \"type\":"
            + " \"code\", \"system\": \"http://hl7.org/fhir/administrative-gender\"}]";
    ToldMaps told = read("{" + map().replace(TARGET, target) + declared + "}");
    assertEquals(
        List.of(
            new Property("urn:sex", "http://hl7.org/fhir/administrative-gender", "female", "", "")),
        told.facts.get(0).target().dependsOn());
    assertEquals(List.of(Property.of("side", "left")), told.facts.get(0).target().products());
  }

  @Test
  void anExpansionCountsOnlyIfItIsWhole() throws Exception {
    String contains =
        "\"contains\": [{\"system\": \"urn:s\", \"code\": \"g\", \"abstract\": true, \"contains\":"
            + " [{\"system\": \"urn:s\", \"code\": \"a\"}]}]";
    assertEquals(List.of(Coding.of("urn:s", "a")), expansion("\"total\": 2, " + contains));
    assertEquals(List.of(Coding.of("urn:s", "a")), expansion(contains));
    assertEquals(null, expansion("\"total\": 3, " + contains));
    assertEquals(null, expansion("\"offset\": 1, " + contains));
    assertEquals(
        null,
        expansion(
            "\"extension\": [{\"url\":"
                + " \"http://hl7.org/fhir/StructureDefinition/valueset-toocostly\","
                + " \"valueBoolean\": true}], "
                + contains));
  }

  @Test
  void anExpansionThatWasAskedForInPartIsNotWhole() throws Exception {
    String contains = ", \"contains\": [{\"system\": \"urn:s\", \"code\": \"a\"}]";
    List<Coding> all = List.of(Coding.of("urn:s", "a"));
    assertEquals(null, expansion(asked("limitedExpansion", "Boolean", "true") + contains));
    assertEquals(all, expansion(asked("limitedExpansion", "Boolean", "false") + contains));
    assertEquals(null, expansion(asked("filter", "String", "\"liver\"") + contains));
    assertEquals(null, expansion(asked("offset", "Integer", "10") + contains));
    assertEquals(all, expansion(asked("offset", "Integer", "0") + contains));
    assertEquals(null, expansion(asked("count", "Integer", "10") + contains));
    assertEquals(null, expansion(asked("count", "Integer", "1") + ", \"total\": 2" + contains));
    assertEquals(all, expansion(asked("count", "Integer", "10") + ", \"total\": 1" + contains));
    assertEquals(all, expansion(asked("displayLanguage", "Code", "\"de\"") + contains));
  }

  @Test
  void anExpansionOfActiveCodesIsWholeOnlyWhereTheValueSetHasNoOthers() throws Exception {
    String contains = ", \"contains\": [{\"system\": \"urn:s\", \"code\": \"a\"}]";
    List<Coding> all = List.of(Coding.of("urn:s", "a"));
    String active = asked("activeOnly", "Boolean", "true") + contains;
    assertEquals(null, expansion(active));
    assertEquals(null, expansion(active + "}, \"compose\": {\"inactive\": true"));
    assertEquals(all, expansion(active + "}, \"compose\": {\"inactive\": false"));
    assertEquals(all, expansion(asked("activeOnly", "Boolean", "false") + contains));
    assertEquals(null, expansion(asked("excludePostCoordinated", "Boolean", "true") + contains));
    assertEquals(all, expansion(asked("excludePostCoordinated", "Boolean", "false") + contains));
    assertEquals(null, expansion(asked("exclude-system", "Uri", "\"urn:u\"") + contains));
  }

  private static String asked(String name, String type, String value) {
    return "\"parameter\": [{\"name\": \""
        + name
        + "\", \"value"
        + type
        + "\": "
        + value
        + "}, {\"name\": \"version\", \"valueUri\": \"urn:s|1\"}]";
  }

  @Test
  void aDefaultOfAValueSetWithoutACodeOfTheTargetSystemIsRefused() {
    String unmapped =
        "\"unmapped\": {\"mode\": \"fixed\", \"relationship\": \"related-to\", \"valueSet\":"
            + " \"urn:v\"}, \"element\"";
    String valueSet =
        "{\"resourceType\": \"ValueSet\", \"url\": \"urn:v\", \"compose\": {\"include\":"
            + " [{\"system\": \"urn:other\", \"concept\": [{\"code\": \"o\"}]}]}}";
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () ->
                ToldMaps.compiled(
                    sink -> {
                      tell("{" + map().replace("\"element\"", unmapped) + "}", sink);
                      tell(valueSet, sink);
                    }));
    assertEquals(
        "dir/maps.json: maps codes that are not named to the value set urn:v, which has no code of"
            + " the system urn:t",
        refused.getMessage());
  }

  @Test
  void anExponentThatIsTooLargeIsRefusedWithItsPlace() {
    String target =
        TARGET.replace(
            "}",
            ", \"dependsOn\": [{\"attribute\": \"dose\", \"valueQuantity\": {\"value\":"
                + " 1e99999999999}}]}");
    assertEquals(
        "dir/maps.json, group[0].element[0].target[0].dependsOn[0].valueQuantity.value: has an"
            + " exponent that is too large",
        assertThrows(
                InvalidMapException.class, () -> read("{" + map().replace(TARGET, target) + "}"))
            .getMessage());
  }

  @Test
  void anElementWithoutACodeIsLeftOutInR4AndRefusedInR5() throws Exception {
    String r4 = "{\"code\": \"x\", \"equivalence\": \"equivalent\"}";
    String codeless = "{\"display\": \"B\", \"target\": [" + r4 + "]}, {\"code\": \"a\"";
    String ofR4 = map().replace("{\"code\": \"a\"", codeless).replace(TARGET, r4);
    ToldMaps told = read("{" + ofR4 + "}");
    assertEquals(
        List.of(ConceptMap.Source.code("a", "A")),
        told.facts.stream().map(ToldMaps.Fact::source).toList());
    assertEquals(List.of("1 elements have no code, and are left out"), told.remarks);
    String ofR5 = map().replace("{\"code\": \"a\"", codeless);
    assertEquals(
        "dir/maps.json, group[0].element[0]: breaks cmd-5: either code or valueSet, and not both",
        assertThrows(InvalidMapException.class, () -> read("{" + ofR5 + "}")).getMessage());
  }

  /** A map from the codes of a contained value set, to the code x. */
  private static String containing(String url, String code) {
    return "{\"url\": \""
        + url
        + "\", \"contained\": [{\"id\": \"o\", \"resourceType\": \"Organization\"}, {\"id\":"
        + " \"v\", \"resourceType\": \"ValueSet\", \"compose\": {\"include\": [{\"valueSet\":"
        + " [\"#w\"]}]}}, {\"resourceType\": \"ValueSet\", \"id\": \"w\", \"compose\":"
        + " {\"include\": [{\"system\": \"urn:s\", \"concept\": [{\"code\": \""
        + code
        + "\"}]}]}}], "
        + map().replace("\"code\": \"a\", \"display\": \"A\"", "\"valueSet\": \"#v\"")
        + "}";
  }

  @Test
  void aContainedValueSetIsKnownInTheMapAroundItOnly() throws Exception {
    CodeMap maps =
        ToldMaps.compiled(
            sink -> {
              tell("a.json", containing("urn:m", "a"), sink);
              tell("b.json", containing("urn:n", "b"), sink);
            });
    for (String[] each : List.of(new String[] {"a", "urn:m"}, new String[] {"b", "urn:n"})) {
      List<Answer> answers =
          maps.translate(Coding.of("urn:s", each[0]), SeveralTargets.ALL).answers();
      assertEquals(1, answers.size());
      assertEquals(each[1], answers.get(0).map().url());
      assertEquals("x", answers.get(0).target().code());
    }
    String outside =
        "{\"url\": \"urn:o\", "
            + map().replace("\"code\": \"a\", \"display\": \"A\"", "\"valueSet\": \"#v\"")
            + "}";
    assertEquals(
        "c.json: maps from the value set #v, which is not among the files given",
        assertThrows(
                InvalidMapException.class,
                () ->
                    ToldMaps.compiled(
                        sink -> {
                          tell("a.json", containing("urn:m", "a"), sink);
                          tell("c.json", outside, sink);
                        }))
            .getMessage());
    assertEquals(
        "a.json!contained[2], compose.include[0]: breaks vsd-1: it must name a system or a value"
            + " set",
        assertThrows(
                InvalidMapException.class,
                () ->
                    tell(
                        "a.json",
                        containing("urn:m", "a")
                            .replace("\"system\": \"urn:s\", \"concept\"", "\"x\""),
                        new ToldMaps()))
            .getMessage());
  }

  @Test
  void valueSetsThatDifferAreRefusedWhereAMapNamesThemOnly() throws Exception {
    String one = "{" + VALUE_SET + "}";
    String other = one.replace("\"code\": \"b\"", "\"code\": \"c\"");
    CodeMap maps =
        ToldMaps.compiled(
            sink -> {
              tell("v.json", one, sink);
              tell("w.json", other, sink);
              tell("m.json", "{\"url\": \"urn:m\", " + map() + "}", sink);
            });
    assertEquals(1, maps.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL).answers().size());
    String naming =
        "{\"url\": \"urn:n\", "
            + map().replace("\"code\": \"a\", \"display\": \"A\"", "\"valueSet\": \"urn:v\"")
            + "}";
    assertEquals(
        "w.json: is the value set urn:v|2, and so is v.json, but they differ",
        assertThrows(
                InvalidMapException.class,
                () ->
                    ToldMaps.compiled(
                        sink -> {
                          tell("v.json", one, sink);
                          tell("w.json", other, sink);
                          tell("n.json", naming, sink);
                        }))
            .getMessage());
  }

  @Test
  void eachFileOfAMapShowsWhatWasLeftOutOfIt() throws Exception {
    String r4 = "{\"code\": \"x\", \"equivalence\": \"equivalent\"}";
    String whole = "{\"url\": \"urn:m\", " + map().replace(TARGET, r4) + "}";
    String codeless = whole.replace("\"element\": [", "\"element\": [{\"display\": \"B\"}, ");
    CompiledMaps maps =
        compiled(
            sink -> {
              tell("a.json", whole, sink);
              tell("b.json", codeless, sink);
            });
    for (CompiledMaps each :
        List.of(maps, compiled(maps::tell), compiled(s -> maps.tell(new ReversedMaps(s))))) {
      assertEquals(
          List.of("a.json", "b.json"),
          each.maps().stream().map(CompiledMaps.Content::file).toList());
      assertEquals(List.of(), each.maps().get(0).remarks());
      assertEquals(
          List.of("1 elements have no code, and are left out"), each.maps().get(1).remarks());
    }
  }

  private static CompiledMaps compiled(ToldMaps.Teller teller) throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      teller.tell(compiler);
      return compiler.compile();
    }
  }

  private static List<Coding> expansion(String text) throws Exception {
    return read("{\"resourceType\": \"ValueSet\", \"url\": \"urn:v\", \"expansion\": {"
            + text
            + "}}")
        .valueSets
        .get(0)
        .expansion();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"resourceType\": \"Patient\"}",
        "{\"resourceType\": \"Bundle\"}",
        "{\"resourceType\": \"Bundle\", \"entry\": [{\"resource\": []}]}",
        "{\"resourceType\": \"Bundle\", \"entry\": {}}",
        "{\"resourceType\": \"ValueSet\", \"compose\": []}",
        "{\"resourceType\": \"ValueSet\", \"compose\": {\"include\": [{}]}}",
        "{\"resourceType\": \"ValueSet\", \"compose\": {\"include\": [{\"system\": \"urn:s\","
            + " \"concept\": [{}]}]}}",
        "{\"resourceType\": \"ValueSet\", \"expansion\": {\"total\": 1.5}}",
        "{\"resourceType\": \"ValueSet\", \"expansion\": {\"contains\": [{\"code\": \"a\"}]}}",
        "{\"resourceType\": \"ValueSet\"} {}"
      })
  void whatIsNoneOfTheseIsRefused(String json) {
    assertThrows(InvalidMapException.class, () -> read(json));
  }

  private static String map() {
    return MAP.replace("TARGET", TARGET);
  }

  private static ToldMaps read(String json) throws Exception {
    return ToldMaps.by(sink -> tell(json, sink));
  }

  private static void tell(String json, MapSink sink) throws InvalidMapException {
    tell("dir/maps.json", json, sink);
  }

  private static void tell(String file, String json, MapSink sink) throws InvalidMapException {
    try {
      FhirResources.read(new ByteArrayInputStream(json.getBytes(UTF_8)), file, sink);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
