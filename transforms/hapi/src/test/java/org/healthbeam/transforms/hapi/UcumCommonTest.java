package org.healthbeam.transforms.hapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import org.healthbeam.core.unit.UnitConverter;
import org.junit.jupiter.api.Test;

/** HL7's value set of common UCUM units, FHIR R4 (4.0.1), as HAPI publishes it. */
class UcumCommonTest {
  private static final String VALUE_SETS = "/org/hl7/fhir/r4/model/valueset/valuesets.xml";
  private static final String COMMON = "http://hl7.org/fhir/ValueSet/ucum-common";

  /**
   * What the specification does not allow, though the value set has it: blanks in an annotation
   * (the specification's characters are those from 33 to 126 of ASCII), and an annotation after a
   * term in parentheses (Exhibit 1: only a simple unit, with an exponent or without, is
   * annotatable).
   */
  private static final Set<String> NO_UCUM =
      Set.of(
          "%{Negative Control}",
          "{# of calculi}",
          "{# of donor informative markers}",
          "{# of fetuses}",
          "{# of informative markers}",
          "{2 or 3 times}/d",
          "{3 times}/d",
          "{4 times}/d",
          "{5 times}/d",
          "{clock time}",
          "{P2Y12 Reaction Units}",
          "U/(10.g){feces}",
          "g/(8.h){shift}",
          "g/kg/(8.h){shift}");

  @Test
  void everyCommonUnitIsReadButThoseThatAreNoUcum() throws Exception {
    Set<String> codes = commonUnits();
    assertEquals(1357, codes.size());
    UnitConverter ucum = UnitConverter.ucum();
    Set<String> refused = new TreeSet<>();
    for (String code : codes) {
      if (!ucum.isValid(code)) {
        refused.add(code);
      } else {
        String canonical = ucum.canonical(code);
        assertEquals(canonical, ucum.canonical(canonical), code);
      }
    }
    assertEquals(new TreeSet<>(NO_UCUM), refused);
  }

  private static Set<String> commonUnits() throws Exception {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    Set<String> codes = new TreeSet<>();
    try (InputStream in = UcumCommonTest.class.getResourceAsStream(VALUE_SETS)) {
      XMLStreamReader xml = factory.createXMLStreamReader(in);
      boolean common = false;
      boolean inConcept = false;
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          String value = xml.getAttributeValue(null, "value");
          switch (xml.getLocalName()) {
            case "fullUrl" -> common = COMMON.equals(value);
            case "concept" -> inConcept = common;
            case "code" -> {
              if (inConcept) {
                codes.add(value);
              }
            }
            default -> {}
          }
        } else if (event == XMLStreamConstants.END_ELEMENT
            && xml.getLocalName().equals("concept")) {
          inConcept = false;
        }
      }
      xml.close();
    }
    return codes;
  }
}
