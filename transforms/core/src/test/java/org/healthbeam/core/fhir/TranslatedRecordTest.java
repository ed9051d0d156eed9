package org.healthbeam.core.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.junit.jupiter.api.Test;

class TranslatedRecordTest {
  private static CodeMap map() throws Exception {
    ConceptMap.Target target = ConceptMap.Target.of("x", "", Relationship.EQUIVALENT);
    ConceptMap.Element element =
        new ConceptMap.Element(ConceptMap.Source.code("a"), false, List.of(target));
    ConceptMap.Group group = new ConceptMap.Group("urn:s", "", "urn:t", "", List.of(element), null);
    return CodeMap.of(List.of(new ConceptMap(new MapId("urn:m", "1"), "f", List.of(group))));
  }

  @Test
  void codingsOfOneConceptComeTogetherAndThoseThatStandAloneByThemselves() throws Exception {
    String coding = "{\"system\":\"urn:s\",\"code\":\"%s\"%s}";
    String inner =
        ",\"extension\":[{\"url\":\"u\",\"valueCodeableConcept\":{\"coding\":[%s]}}]"
            .formatted(coding.formatted("inner", ""));
    String json =
        ("{\"resourceType\":\"Questionnaire\",\"useContext\":[{\"code\":%s,"
                + "\"valueCodeableConcept\":{\"coding\":[%s,%s]}}],"
                + "\"item\":[{\"linkId\":\"1\",\"code\":[%s,%s]}]}")
            .formatted(
                coding.formatted("alone", ""),
                coding.formatted("a", inner),
                coding.formatted("b", ""),
                coding.formatted("item0", ""),
                coding.formatted("item1", ""));
    TranslatedRecord record =
        new FhirTranslator(map(), SeveralTargets.ALL).translate(json.getBytes(UTF_8));
    assertEquals(
        List.of("alone", "inner", "a b", "item0", "item1"),
        record.concepts().stream()
            .map(
                concept ->
                    String.join(
                        " ",
                        concept.stream().map(each -> each.translation().source().code()).toList()))
            .toList());
  }
}
