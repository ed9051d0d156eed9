package org.healthbeam.core.code.read;

import java.util.regex.Pattern;
import org.healthbeam.core.code.CodeSystems;

/**
 * How the codes of ICD-9-CM, ICD-10-CM and ICD-10-PCS look without their point, and where it
 * stands.
 *
 * <p>Source: ICD-9-CM and ICD-10-CM Official Guidelines for Coding and Reporting; ICD-10-PCS
 * Reference Manual: seven characters, without the letters I and O, and without a point.
 */
enum IcdCodes {
  /** {@code 001.0}, {@code V01.0}, {@code E800.0}. */
  ICD_9_DIAGNOSES("2.16.840.1.113883.6.103", "[0-9]{3,5}|V[0-9]{2,4}|E[0-9]{3,4}") {
    @Override
    int point(String code) {
      return code.startsWith("E") ? 4 : 3;
    }
  },
  /** {@code 00.10}. */
  ICD_9_PROCEDURES("2.16.840.1.113883.6.104", "[0-9]{2,4}") {
    @Override
    int point(String code) {
      return 2;
    }
  },
  /** {@code A00.0}, {@code S72.001A}. */
  ICD_10_CM("2.16.840.1.113883.6.90", "[A-Z][0-9][0-9A-Z]{1,5}") {
    @Override
    int point(String code) {
      return 3;
    }
  },
  /** {@code 6A750Z4}. */
  ICD_10_PCS("2.16.840.1.113883.6.4", "[0-9A-HJ-NP-Z]{7}") {
    @Override
    int point(String code) {
      return code.length();
    }
  };

  private final String system;
  private final Pattern shape;

  IcdCodes(String oid, String shape) {
    this.system = CodeSystems.canonical(oid);
    this.shape = Pattern.compile(shape);
  }

  /** {@return the canonical URI} */
  String system() {
    return system;
  }

  /** {@return how many characters stand before the point} */
  abstract int point(String code);

  /**
   * {@return whether it may be such a code: without the point, or with the point where it belongs}
   */
  boolean fits(String code) {
    int dot = code.indexOf('.');
    String plain = dot < 0 ? code : code.substring(0, dot) + code.substring(dot + 1);
    return shape.matcher(plain).matches() && (dot < 0 || withPoint(plain).equals(code));
  }

  /** {@return a code that fits as FHIR writes it: with the point, if anything comes after it} */
  String withPoint(String code) {
    int point = point(code);
    return code.indexOf('.') >= 0 || code.length() <= point
        ? code
        : code.substring(0, point) + "." + code.substring(point);
  }
}
