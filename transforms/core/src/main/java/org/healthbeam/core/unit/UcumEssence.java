package org.healthbeam.core.unit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.Nullable;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * The prefixes, base units and unit atoms of UCUM, as {@code ucum-essence.xml} defines them.
 *
 * @param revision the date of the definitions
 * @param prefixes prefix to its factor
 * @param atoms case-sensitive code to atom, in the file's order
 */
record UcumEssence(String revision, Map<String, Rational> prefixes, Map<String, Atom> atoms) {
  private static final String RESOURCE = "/ucum-essence.xml";

  UcumEssence {
    prefixes = Collections.unmodifiableMap(new LinkedHashMap<>(prefixes));
    atoms = Collections.unmodifiableMap(new LinkedHashMap<>(atoms));
  }

  /**
   * A unit atom.
   *
   * @param code the case-sensitive code
   * @param base whether it is one of the seven base units
   * @param metric whether it takes prefixes
   * @param arbitrary whether it is an arbitrary unit, defined by a procedure
   * @param value how many of {@code unit} it is; 1 for a base unit
   * @param unit the defining term; empty for a base unit
   * @param function the function of a special unit, or null
   */
  record Atom(
      String code,
      boolean base,
      boolean metric,
      boolean arbitrary,
      Rational value,
      String unit,
      @Nullable SpecialFunction function) {}

  /** Reads the definitions, unmodified, from the class path. */
  static UcumEssence load() {
    try (InputStream in = UcumEssence.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks " + RESOURCE);
      }
      return read(in);
    } catch (IOException e) {
      throw new IllegalStateException("Cannot read " + RESOURCE, e);
    }
  }

  static UcumEssence read(InputStream in) throws IOException {
    Element root = parse(in).getDocumentElement();
    Map<String, Rational> prefixes = new LinkedHashMap<>();
    for (Element e : elements(root, "prefix")) {
      prefixes.put(
          e.getAttribute("Code"), Rational.of(elements(e, "value")[0].getAttribute("value")));
    }
    Map<String, Atom> atoms = new LinkedHashMap<>();
    for (Element e : elements(root, "base-unit")) {
      String code = e.getAttribute("Code");
      atoms.put(code, new Atom(code, true, true, false, Rational.ONE, "", null));
    }
    for (Element e : elements(root, "unit")) {
      String code = e.getAttribute("Code");
      atoms.put(code, atom(code, e));
    }
    return new UcumEssence(root.getAttribute("revision-date"), prefixes, atoms);
  }

  private static Atom atom(String code, Element e) {
    boolean metric = e.getAttribute("isMetric").equals("yes");
    boolean arbitrary = e.getAttribute("isArbitrary").equals("yes");
    Element value = elements(e, "value")[0];
    Element[] function = elements(value, "function");
    if (function.length == 0) {
      return new Atom(
          code,
          false,
          metric,
          arbitrary,
          Rational.of(value.getAttribute("value")),
          value.getAttribute("Unit"),
          null);
    }
    SpecialFunction special = SpecialFunction.named(function[0].getAttribute("name"));
    // The file gives degrees to one tangent and radians to the other, and the same definition,
    // 100tan(1 rad), to both.
    String unit = special == SpecialFunction.TAN_100 ? "rad" : function[0].getAttribute("Unit");
    return new Atom(
        code,
        false,
        metric,
        arbitrary,
        Rational.of(function[0].getAttribute("value")),
        unit,
        special);
  }

  private static Document parse(InputStream in) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      return factory.newDocumentBuilder().parse(in);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("Not a UCUM essence file", e);
    }
  }

  private static Element[] elements(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    Element[] result = new Element[nodes.getLength()];
    for (int i = 0; i < result.length; i++) {
      result[i] = (Element) nodes.item(i);
    }
    return result;
  }
}
