package org.healthbeam.core.vital.read;

import javax.annotation.Nullable;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.CodeSystems;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.vital.VitalKind;

/**
 * Which code is which kind of vital sign: by LOINC, and by code maps from local codes to LOINC.
 *
 * <p>A local code is looked up in the maps only if it is no LOINC code itself; of what the maps
 * answer, the first accepted LOINC code that is a kind counts ({@link
 * org.healthbeam.core.code.Translation#acceptedAnswers}).
 */
public final class KindCodes {
  /** LOINC and the names of tables only. */
  public static final KindCodes LOINC = new KindCodes(null, "");

  @Nullable private final CodeMap maps;
  private final String tableSystem;

  /**
   * A kind and what it was called.
   *
   * @param kind the kind
   * @param name the LOINC code or name by which it was found, which may imply a unit
   */
  public record Found(VitalKind kind, String name) {}

  private KindCodes(@Nullable CodeMap maps, String tableSystem) {
    this.maps = maps;
    this.tableSystem = tableSystem;
  }

  /**
   * {@return LOINC and local codes}
   *
   * @param maps from local codes to LOINC
   * @param tableSystem the system of the codes in tables, as the maps name it
   */
  public static KindCodes with(CodeMap maps, String tableSystem) {
    return new KindCodes(maps, tableSystem);
  }

  /** {@return whether a code of another system than LOINC can be a kind} */
  boolean knowsLocalCodes() {
    return maps != null;
  }

  /**
   * {@return the kind of a code of a system, which may be called as HL7 v2 calls it; or null}
   *
   * @param system by any of its names; may be empty
   * @param code compared exactly
   */
  @Nullable
  public Found find(String system, String code) {
    Found loinc = findLoinc(system, code);
    if (loinc != null) {
      return loinc;
    }
    String canonical = CodeSystems.canonical(system);
    return canonical.isEmpty() ? null : mapped(canonical, code);
  }

  /** {@return the kind of a code if its system is LOINC; or null} */
  @Nullable
  static Found findLoinc(String system, String code) {
    if (!CodeSystems.canonical(system).equals(VitalKind.LOINC)) {
      return null;
    }
    return VitalKind.byLoinc(code).map(kind -> new Found(kind, code)).orElse(null);
  }

  /**
   * {@return the kind that a table calls so: a name, a LOINC code, or a local code; or null}
   *
   * @param name as it stands in the table
   */
  @Nullable
  public Found findInTable(String name) {
    VitalKind kind = VitalKind.byNameOrCode(name).orElse(null);
    return kind != null ? new Found(kind, name) : mapped(tableSystem, name);
  }

  @Nullable
  private Found mapped(String system, String code) {
    if (maps == null || code.isEmpty()) {
      return null;
    }
    for (Answer answer :
        maps.translate(Coding.of(system, code), SeveralTargets.AMBIGUOUS).acceptedAnswers()) {
      if (answer.hasTarget() && answer.target().system().equals(VitalKind.LOINC)) {
        VitalKind kind = VitalKind.byLoinc(answer.target().code()).orElse(null);
        if (kind != null) {
          return new Found(kind, answer.target().code());
        }
      }
    }
    return null;
  }
}
