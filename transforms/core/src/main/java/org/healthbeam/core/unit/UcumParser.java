package org.healthbeam.core.unit;

import java.math.BigInteger;
import java.util.Set;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Reads one UCUM term, case-sensitive, by the grammar of UCUM section 2.
 *
 * <p>A factor may carry an annotation too ({@code 1{cells}}), as the published functional tests
 * want; the grammar's table does not show it. Terms and exponents are limited in size, since a unit
 * comes from outside.
 */
final class UcumParser {
  static final int MAX_LENGTH = 255;
  static final int MAX_EXPONENT = 999;
  static final String TOO_LONG = "the unit is longer than " + MAX_LENGTH + " characters";

  private static final String DELIMITERS = "().{}/+-=\"";
  private static final Set<String> TEN = Set.of("10*", "10^");

  private final UcumEssence essence;
  private final String text;
  private int at;

  private UcumParser(UcumEssence essence, String text) {
    this.essence = essence;
    this.text = text;
  }

  /**
   * {@return the term that the text is}
   *
   * @throws RejectedException with a detail that says where and why, without the text
   */
  static UnitTerm parse(UcumEssence essence, String text) throws RejectedException {
    if (text.isEmpty()) {
      throw new RejectedException(RejectReason.UNKNOWN_UNIT, "the unit is empty");
    }
    if (text.length() > MAX_LENGTH) {
      throw new RejectedException(RejectReason.UNKNOWN_UNIT, TOO_LONG);
    }
    UcumParser parser = new UcumParser(essence, text);
    UnitTerm term = parser.mainTerm();
    if (parser.at < text.length()) {
      throw parser.invalid("an operator is missing");
    }
    return term;
  }

  private UnitTerm mainTerm() throws RejectedException {
    if (peek() == '/') {
      at++;
      return rest(new UnitTerm.Inverse(component()));
    }
    return term();
  }

  private UnitTerm term() throws RejectedException {
    return rest(component());
  }

  private UnitTerm rest(UnitTerm first) throws RejectedException {
    UnitTerm left = first;
    while (peek() == '.' || peek() == '/') {
      boolean divide = peek() == '/';
      at++;
      left = new UnitTerm.Binary(left, divide, component());
    }
    return left;
  }

  private UnitTerm component() throws RejectedException {
    char c = peek();
    if (c == '(') {
      at++;
      UnitTerm inner = term();
      if (peek() != ')') {
        throw invalid("a parenthesis is not closed");
      }
      at++;
      return new UnitTerm.Group(inner);
    }
    if (c == '{') {
      return new UnitTerm.Annotation(annotation());
    }
    if (isDigit(c) && !TEN.contains(text.substring(at, Math.min(at + 3, text.length())))) {
      BigInteger value = new BigInteger(digits());
      if (value.signum() == 0) {
        throw invalid("a factor is zero");
      }
      return new UnitTerm.Factor(value, annotation());
    }
    return symbol();
  }

  private UnitTerm symbol() throws RejectedException {
    int start = at;
    int end = symbolEnd();
    if (end == start) {
      throw invalid("a unit is missing");
    }
    boolean signed = end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-');
    int nameEnd = end;
    if (!signed) {
      while (nameEnd > start && isDigit(text.charAt(nameEnd - 1))) {
        nameEnd--;
      }
    }
    String name = text.substring(start, nameEnd);
    String prefix = prefixOf(name);
    at = nameEnd;
    boolean written = signed || nameEnd < end;
    int exponent = written ? exponent() : 1;
    return new UnitTerm.Symbol(
        prefix, name.substring(prefix.length()), exponent, written, annotation());
  }

  /** Brackets may hold anything but brackets, blanks and what is not ASCII. */
  private int symbolEnd() throws RejectedException {
    boolean bracketed = false;
    int i = at;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~') {
        throw invalid("a character is not allowed");
      }
      if (bracketed) {
        bracketed = c != ']';
      } else if (c == '[') {
        bracketed = true;
      } else if (DELIMITERS.indexOf(c) >= 0) {
        break;
      }
    }
    if (bracketed) {
      throw invalid("a bracket is not closed");
    }
    return i;
  }

  private String prefixOf(String name) throws RejectedException {
    if (essence.atoms().containsKey(name)) {
      return "";
    }
    for (int length = 2; length >= 1; length--) {
      if (name.length() > length && essence.prefixes().containsKey(name.substring(0, length))) {
        UcumEssence.Atom atom = essence.atoms().get(name.substring(length));
        if (atom != null && atom.metric()) {
          return name.substring(0, length);
        }
      }
    }
    throw invalid("there is no such unit");
  }

  private int exponent() throws RejectedException {
    int sign = 1;
    if (peek() == '+' || peek() == '-') {
      sign = peek() == '-' ? -1 : 1;
      at++;
    }
    String digits = digits();
    if (digits.isEmpty()) {
      throw invalid("an exponent is missing");
    }
    BigInteger exponent = new BigInteger(digits);
    if (exponent.bitLength() > 31 || exponent.intValue() > MAX_EXPONENT) {
      throw invalid("an exponent is above " + MAX_EXPONENT);
    }
    return sign * exponent.intValue();
  }

  private String digits() {
    int start = at;
    while (isDigit(peek())) {
      at++;
    }
    return text.substring(start, at);
  }

  /** {@return the annotation that stands here, without its braces; empty if there is none} */
  private String annotation() throws RejectedException {
    if (peek() != '{') {
      return "";
    }
    int start = ++at;
    while (peek() != '}') {
      char c = peek();
      if (c == '{' || c <= ' ' || c > '~') {
        throw invalid("an annotation is not closed or has a character that is not allowed");
      }
      at++;
    }
    return text.substring(start, at++);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private RejectedException invalid(String why) {
    return new RejectedException(
        RejectReason.UNKNOWN_UNIT, "the unit is not UCUM at character " + (at + 1) + ": " + why);
  }
}
