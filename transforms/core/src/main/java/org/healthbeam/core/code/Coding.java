package org.healthbeam.core.code;

import java.util.Objects;

/**
 * A code, and the system that gives it its meaning. What is absent is the empty string, which FHIR
 * has no other use for.
 *
 * @param system a URI, as the data has it; see {@link CodeSystems}
 * @param version of the system
 * @param code compared exactly: case, leading zeros and all
 * @param display what a person reads; never compared
 */
public record Coding(String system, String version, String code, String display) {

  /**
   * Refuses what is null; empty is absent.
   *
   * @param system a URI, as the data has it; see {@link CodeSystems}
   * @param version of the system
   * @param code compared exactly: case, leading zeros and all
   * @param display what a person reads; never compared
   */
  public Coding {
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(display, "display");
  }

  /**
   * {@return a coding without version and display}
   *
   * @param system a URI, or another name that {@link CodeSystems} knows; may be empty
   * @param code may be empty
   */
  public static Coding of(String system, String code) {
    return new Coding(system, "", code, "");
  }

  /** Says nothing about the patient: codes and displays stay out of logs. */
  @Override
  public String toString() {
    return "Coding(system=" + system + ")";
  }
}
