package org.healthbeam.core.unit;

import java.math.BigInteger;

/** A UCUM term as it was written. {@link #print} gives the text back. */
sealed interface UnitTerm {

  /** {@return the term as text; parsing it gives an equal term} */
  default String print() {
    StringBuilder text = new StringBuilder();
    print(text, true);
    return text.toString();
  }

  /** Writes the term; without annotations, if so wanted, a bare annotation becomes {@code 1}. */
  void print(StringBuilder text, boolean withAnnotations);

  /** A unit symbol: prefix (or empty), atom, exponent, annotation (or empty). */
  record Symbol(
      String prefix, String atom, int exponent, boolean exponentWritten, String annotation)
      implements UnitTerm {
    @Override
    public void print(StringBuilder text, boolean withAnnotations) {
      text.append(prefix).append(atom);
      if (exponentWritten) {
        text.append(exponent);
      }
      annotate(text, annotation, withAnnotations);
    }
  }

  /** A whole number, with an annotation or an empty one. */
  record Factor(BigInteger value, String annotation) implements UnitTerm {
    @Override
    public void print(StringBuilder text, boolean withAnnotations) {
      text.append(value);
      annotate(text, annotation, withAnnotations);
    }
  }

  /** An annotation in place of a unit: the unity. */
  record Annotation(String text) implements UnitTerm {
    @Override
    public void print(StringBuilder out, boolean withAnnotations) {
      if (withAnnotations) {
        out.append('{').append(text).append('}');
      } else {
        out.append('1');
      }
    }
  }

  /** A term in parentheses. */
  record Group(UnitTerm inner) implements UnitTerm {
    @Override
    public void print(StringBuilder text, boolean withAnnotations) {
      text.append('(');
      inner.print(text, withAnnotations);
      text.append(')');
    }
  }

  /** A product or, if {@code divide}, a quotient; operators bind from left to right. */
  record Binary(UnitTerm left, boolean divide, UnitTerm right) implements UnitTerm {
    @Override
    public void print(StringBuilder text, boolean withAnnotations) {
      left.print(text, withAnnotations);
      text.append(divide ? '/' : '.');
      right.print(text, withAnnotations);
    }
  }

  /** One over a component, at the beginning of a term. */
  record Inverse(UnitTerm component) implements UnitTerm {
    @Override
    public void print(StringBuilder text, boolean withAnnotations) {
      text.append('/');
      component.print(text, withAnnotations);
    }
  }

  private static void annotate(StringBuilder text, String annotation, boolean withAnnotations) {
    if (withAnnotations && !annotation.isEmpty()) {
      text.append('{').append(annotation).append('}');
    }
  }
}
