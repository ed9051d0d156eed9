package org.healthbeam.core.unit;

/** Names of units that may stand in a message: symbols only, nothing that a person could be. */
final class UnitNames {
  private static final int MAX_EXPONENT = 12;

  private UnitNames() {}

  /**
   * {@return the term in quotes, without its annotations, or words in its place if it has numbers
   * that could identify somebody}
   */
  static String printable(UnitTerm term) {
    if (!isSymbolic(term)) {
      return "the unit";
    }
    StringBuilder text = new StringBuilder("'");
    term.print(text, false);
    return text.append('\'').toString();
  }

  private static boolean isSymbolic(UnitTerm term) {
    if (term instanceof UnitTerm.Symbol symbol) {
      return Math.abs(symbol.exponent()) <= MAX_EXPONENT;
    } else if (term instanceof UnitTerm.Group group) {
      return isSymbolic(group.inner());
    } else if (term instanceof UnitTerm.Inverse inverse) {
      return isSymbolic(inverse.component());
    } else if (term instanceof UnitTerm.Binary binary) {
      return isSymbolic(binary.left()) && isSymbolic(binary.right());
    } else if (term instanceof UnitTerm.Factor factor) {
      return factor.value().bitLength() <= 7;
    }
    return true;
  }
}
