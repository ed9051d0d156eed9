package org.healthbeam.core.vital.read;

import javax.annotation.Nullable;
import org.healthbeam.core.vital.ConsciousnessLevel;
import org.healthbeam.core.vital.OxygenSupply;
import org.healthbeam.core.vital.VitalKind;

/** Words and codes of the kinds whose values are codes. */
final class CodedValues {
  private CodedValues() {}

  /** {@return the rank of the code that a word names, or null if it names none of this kind} */
  @Nullable
  static Double find(VitalKind kind, String text) {
    return switch (kind) {
      case CONSCIOUSNESS ->
          ConsciousnessLevel.find(text).map(ConsciousnessLevel::value).orElse(null);
      case INSPIRED_OXYGEN -> OxygenSupply.find(text).map(OxygenSupply::value).orElse(null);
      default -> null;
    };
  }
}
