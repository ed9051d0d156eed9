package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.healthbeam.core.outcome.RejectedException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The published functional tests of UCUM ("most recent date" 3-Feb 2021), every case of them.
 *
 * <p>Display names are out of our scope, so that of those cases only the validity of the unit is
 * asserted. Outcomes of conversions are printed to as many digits as the case's author gave; ours
 * are rounded to that many.
 */
class UcumFunctionalTest {
  /** Cases that we answer otherwise, and the clause of UCUM that says so. There is none. */
  private static final Map<String, String> DISAGREEMENTS = Map.of();

  private static final MathContext EXACT_ENOUGH = new MathContext(60);

  private static Document tests;
  private final UnitConverter ucum = UnitConverter.ucum();

  @BeforeAll
  static void read() throws Exception {
    String shared = System.getProperty("healthbeam.shared");
    Path folder =
        shared != null
            ? Path.of(shared)
            : Path.of(System.getProperty("healthbeam.root", ".")).resolve("../shared");
    Path file = folder.resolve("data/codes/ucum/UcumFunctionalTests.xml");
    Assumptions.assumeTrue(
        Files.exists(file), "The published UCUM functional tests are not beside the project");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    tests = factory.newDocumentBuilder().parse(file.toFile());
  }

  @Test
  void validUnitsAreAcceptedAndInvalidOnesRefused() {
    List<Element> cases = cases("validation");
    assertEquals(529, cases.size());
    Map<String, String> wrong = new TreeMap<>();
    for (Element c : cases) {
      boolean expected = c.getAttribute("valid").equals("true");
      if (ucum.isValid(c.getAttribute("unit")) != expected) {
        wrong.put(c.getAttribute("id"), c.getAttribute("unit"));
      }
    }
    assertEquals(DISAGREEMENTS.keySet(), wrong.keySet(), wrong.toString());
  }

  @Test
  void unitsThatHaveADisplayNameAreValid() {
    List<Element> cases = cases("displayNameGeneration");
    assertEquals(9, cases.size());
    for (Element c : cases) {
      String unit = c.getAttribute("unit");
      // The file itself says elsewhere that, strictly, the empty text is not a unit expression.
      assertEquals(!unit.isEmpty(), ucum.isValid(unit), c.getAttribute("id"));
    }
  }

  @Test
  void conversionsGiveThePublishedOutcome() throws RejectedException {
    List<Element> cases = cases("conversion");
    assertEquals(30, cases.size());
    for (Element c : cases) {
      check(
          c.getAttribute("id"),
          new BigDecimal(c.getAttribute("value")),
          c.getAttribute("srcUnit"),
          c.getAttribute("dstUnit"),
          new BigDecimal(c.getAttribute("outcome")));
    }
  }

  @Test
  void productsAndQuotientsGiveThePublishedOutcome() throws RejectedException {
    List<Element> products = cases("multiplication");
    List<Element> quotients = cases("division");
    assertEquals(2, products.size());
    assertEquals(3, quotients.size());
    for (Element c : products) {
      check(c.getAttribute("id"), v1(c).multiply(v2(c)), term(c, "."), resultUnit(c), result(c));
    }
    for (Element c : quotients) {
      check(
          c.getAttribute("id"),
          v1(c).divide(v2(c), EXACT_ENOUGH),
          term(c, "/"),
          resultUnit(c),
          result(c));
    }
  }

  private void check(String id, BigDecimal value, String from, String to, BigDecimal expected)
      throws RejectedException {
    assertTrue(ucum.commensurable(from, to), id);
    Rational factor = ucum.resolve(from).factor().over(ucum.resolve(to).factor());
    BigDecimal exact = factor.times(Rational.of(value)).toDecimal(EXACT_ENOUGH);
    assertEquals(0, expected.compareTo(rounded(exact, expected.precision())), id);

    Converted converted = ucum.convert(value.doubleValue(), from, to);
    int digits = Math.min(expected.precision(), 15);
    assertEquals(
        0,
        rounded(expected, digits).compareTo(rounded(BigDecimal.valueOf(converted.value()), digits)),
        id);
  }

  private static BigDecimal rounded(BigDecimal value, int digits) {
    return value.round(new MathContext(digits, RoundingMode.HALF_UP));
  }

  private static BigDecimal v1(Element c) {
    return new BigDecimal(c.getAttribute("v1"));
  }

  private static BigDecimal v2(Element c) {
    return new BigDecimal(c.getAttribute("v2"));
  }

  private static BigDecimal result(Element c) {
    return new BigDecimal(c.getAttribute("vRes"));
  }

  private static String resultUnit(Element c) {
    String unit = c.getAttribute("uRes");
    return unit.isEmpty() ? "1" : unit;
  }

  private static String term(Element c, String operator) {
    return "(" + c.getAttribute("u1") + ")" + operator + "(" + c.getAttribute("u2") + ")";
  }

  private static List<Element> cases(String section) {
    Element parent = (Element) tests.getElementsByTagName(section).item(0);
    NodeList nodes = parent.getElementsByTagName("case");
    List<Element> cases = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      cases.add((Element) nodes.item(i));
    }
    return cases;
  }
}
