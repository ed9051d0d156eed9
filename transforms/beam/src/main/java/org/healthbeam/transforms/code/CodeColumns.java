package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.util.Objects;
import org.healthbeam.core.code.CodeSystems;

/**
 * Which columns of a table hold codes that belong together: the code, its system and, where there
 * are such columns, version and display; and which columns are added.
 *
 * <p>The code's column is text, or an array of text: then each entry is a coding, and a column of
 * systems, versions or displays holds one value for all of them, or an array with one for each.
 *
 * <p>Added are, with the prefix before their names:
 *
 * <ul>
 *   <li>{@code outcome}: what the coding ended in ({@code mapped}, {@code unmapped} …), null where
 *       there is no code; for an array of codes an array as long.
 *   <li>{@code targets}: an array of rows {@code position, system, version, code, display,
 *       relationship}, one for every target that the policy takes; {@code position} is the code's
 *       index in its array, from 0, and is there for arrays only.
 *   <li>with {@link #toOneTarget} or {@link #toOneTargetIn} instead of {@code targets} the columns
 *       {@code target_system}, {@code target_version}, {@code target_code}, {@code target_display},
 *       {@code relationship}, null where no target is taken, and where several are taken together;
 *       for an array of codes arrays as long.
 * </ul>
 *
 * <pre>{@code
 * CodeColumns.of("diagnosis_1").inSystem("http://hl7.org/fhir/sid/icd-10-cm");
 * CodeColumns.of("code").systemFrom("vocabulary").displayFrom("name").withPrefix("mapped_");
 * }</pre>
 */
public final class CodeColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  final String code;
  final String system;
  final String systemColumn;
  final String versionColumn;
  final String displayColumn;
  final String prefix;

  /** Whether plain columns are added rather than an array. */
  final boolean oneTarget;

  /** The one system of these; empty if any. */
  final String targetSystem;

  private CodeColumns(
      String code,
      String system,
      String systemColumn,
      String versionColumn,
      String displayColumn,
      String prefix,
      boolean oneTarget,
      String targetSystem) {
    this.code = code;
    this.system = system;
    this.systemColumn = systemColumn;
    this.versionColumn = versionColumn;
    this.displayColumn = displayColumn;
    this.prefix = prefix;
    this.oneTarget = oneTarget;
    this.targetSystem = targetSystem;
  }

  /**
   * {@return a group whose codes stand in this column; what is added begins with its name}
   *
   * @param codeColumn of text or an array of text
   */
  public static CodeColumns of(String codeColumn) {
    return new CodeColumns(
        named(codeColumn, "codeColumn"), "", "", "", "", codeColumn + "_", false, "");
  }

  /**
   * {@return a copy that says that all codes are of one system: a URI, an OID or a name of HL7 v2}
   *
   * @param system is looked up as code maps know it
   */
  public CodeColumns inSystem(String system) {
    return new CodeColumns(
        code,
        named(system, "system"),
        "",
        versionColumn,
        displayColumn,
        prefix,
        oneTarget,
        targetSystem);
  }

  /**
   * {@return a copy that says which column holds the system}
   *
   * @param column of text
   */
  public CodeColumns systemFrom(String column) {
    return new CodeColumns(
        code,
        "",
        named(column, "column"),
        versionColumn,
        displayColumn,
        prefix,
        oneTarget,
        targetSystem);
  }

  /**
   * {@return a copy that says which column holds the version of the system}
   *
   * @param column of text
   */
  public CodeColumns versionFrom(String column) {
    return new CodeColumns(
        code,
        system,
        systemColumn,
        named(column, "column"),
        displayColumn,
        prefix,
        oneTarget,
        targetSystem);
  }

  /**
   * {@return a copy that says which column holds what a person reads}
   *
   * @param column of text
   */
  public CodeColumns displayFrom(String column) {
    return new CodeColumns(
        code,
        system,
        systemColumn,
        versionColumn,
        named(column, "column"),
        prefix,
        oneTarget,
        targetSystem);
  }

  /**
   * {@return a copy whose added columns have names that begin with this; it may be empty}
   *
   * @param prefix with an underscore at its end, if there is to be one
   */
  public CodeColumns withPrefix(String prefix) {
    return new CodeColumns(
        code,
        system,
        systemColumn,
        versionColumn,
        displayColumn,
        Objects.requireNonNull(prefix, "prefix"),
        oneTarget,
        targetSystem);
  }

  /**
   * {@return a copy that adds the one target in plain columns rather than all in an array, whatever
   * its system} Where several are taken, they stand in the translations only.
   */
  public CodeColumns toOneTarget() {
    return new CodeColumns(
        code, system, systemColumn, versionColumn, displayColumn, prefix, true, "");
  }

  /**
   * {@return a copy that adds one target in plain columns rather than all in an array: that in this
   * system} Targets in other systems stand in the translations only. The outcome stays that of the
   * whole coding.
   *
   * @param system of the targets that are wanted
   */
  public CodeColumns toOneTargetIn(String system) {
    return new CodeColumns(
        code,
        this.system,
        systemColumn,
        versionColumn,
        displayColumn,
        prefix,
        true,
        CodeSystems.canonical(named(system, "system")));
  }

  private static String named(String value, String what) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return value;
  }

  @Override
  public String toString() {
    return "CodeColumns(" + code + ")";
  }
}
