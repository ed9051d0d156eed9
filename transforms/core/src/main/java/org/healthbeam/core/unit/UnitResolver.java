package org.healthbeam.core.unit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Computes what a term means. Every atom is resolved when this is made; from then on it is
 * immutable.
 */
final class UnitResolver {
  /** Numbers beyond this measure nothing; without a limit a short text could ask for gigabytes. */
  private static final int MAX_BITS = 8192;

  private final UcumEssence essence;
  private final Map<String, Unit> atoms = new HashMap<>();

  UnitResolver(UcumEssence essence) {
    this.essence = essence;
    Set<String> open = new HashSet<>();
    for (String code : essence.atoms().keySet()) {
      atom(code, open);
    }
  }

  /**
   * {@return the meaning of a term}
   *
   * @throws RejectedException if a special unit is used in a product, or a number is too large
   */
  Unit resolve(UnitTerm term) throws RejectedException {
    if (term instanceof UnitTerm.Symbol symbol) {
      return symbol(symbol);
    } else if (term instanceof UnitTerm.Factor factor) {
      return limited(Unit.of(Rational.of(factor.value()), Dimension.NONE));
    } else if (term instanceof UnitTerm.Group group) {
      return resolve(group.inner());
    } else if (term instanceof UnitTerm.Inverse inverse) {
      return product(Unit.UNITY, resolve(inverse.component()), -1);
    } else if (term instanceof UnitTerm.Binary binary) {
      return product(resolve(binary.left()), resolve(binary.right()), binary.divide() ? -1 : 1);
    }
    return Unit.UNITY;
  }

  private Unit symbol(UnitTerm.Symbol symbol) throws RejectedException {
    Unit atom = atoms.get(symbol.atom());
    Rational prefix =
        symbol.prefix().isEmpty() ? Rational.ONE : essence.prefixes().get(symbol.prefix());
    if (atom.isSpecial()) {
      if (symbol.exponent() != 1) {
        throw special();
      }
      return new Unit(atom.factor(), atom.dimension(), 0, 0, prefix, atom.function());
    }
    int exponent = symbol.exponent();
    Rational base = prefix.times(atom.factor());
    if ((long) base.bits() * Math.abs(exponent) > MAX_BITS) {
      throw tooLarge();
    }
    return new Unit(
        base.pow(exponent),
        Dimension.NONE.times(atom.dimension(), exponent),
        symbol.atom().equals("mol") ? exponent : 0,
        symbol.atom().equals("eq") ? exponent : 0,
        Rational.ONE,
        null);
  }

  /** {@return left times right to the power of {@code sign}, which is 1 or -1} */
  private static Unit product(Unit left, Unit right, int sign) throws RejectedException {
    if (right.isSpecial()) {
      if (sign < 0 || !isPureNumber(left)) {
        throw special();
      }
      return scaled(right, left.factor());
    }
    if (left.isSpecial()) {
      if (!isPureNumber(right)) {
        throw special();
      }
      return scaled(left, right.factor().pow(sign));
    }
    return limited(
        new Unit(
            left.factor().times(right.factor().pow(sign)),
            left.dimension().times(right.dimension(), sign),
            left.moles() + sign * right.moles(),
            left.equivalents() + sign * right.equivalents(),
            Rational.ONE,
            null));
  }

  private static boolean isPureNumber(Unit unit) {
    return !unit.isSpecial() && unit.dimension().isNone();
  }

  private static Unit scaled(Unit special, Rational by) throws RejectedException {
    return limited(
        new Unit(
            special.factor(),
            special.dimension(),
            0,
            0,
            special.scale().times(by),
            special.function()));
  }

  private Unit atom(String code, Set<String> open) {
    Unit known = atoms.get(code);
    if (known != null) {
      return known;
    }
    if (!open.add(code)) {
      throw new IllegalStateException("UCUM defines " + code + " by itself");
    }
    UcumEssence.Atom atom = essence.atoms().get(code);
    Unit unit = atom.base() ? Unit.of(Rational.ONE, Dimension.of(code)) : defined(atom, open);
    atoms.put(code, unit);
    return unit;
  }

  private Unit defined(UcumEssence.Atom atom, Set<String> open) {
    try {
      UnitTerm definition = UcumParser.parse(essence, atom.unit());
      resolveAtoms(definition, open);
      Unit unit = resolve(definition);
      Rational factor = atom.value().times(unit.factor());
      if (atom.function() != null) {
        return new Unit(factor, unit.dimension(), 0, 0, Rational.ONE, atom.function());
      }
      boolean first = atom.arbitrary() && unit.dimension().isNone();
      return Unit.of(factor, first ? Dimension.of(atom.code()) : unit.dimension());
    } catch (RejectedException e) {
      throw new IllegalStateException("UCUM defines " + atom.code() + " by no valid term", e);
    }
  }

  private void resolveAtoms(UnitTerm term, Set<String> open) {
    if (term instanceof UnitTerm.Symbol symbol) {
      atom(symbol.atom(), open);
    } else if (term instanceof UnitTerm.Group group) {
      resolveAtoms(group.inner(), open);
    } else if (term instanceof UnitTerm.Inverse inverse) {
      resolveAtoms(inverse.component(), open);
    } else if (term instanceof UnitTerm.Binary binary) {
      resolveAtoms(binary.left(), open);
      resolveAtoms(binary.right(), open);
    }
  }

  private static Unit limited(Unit unit) throws RejectedException {
    if (unit.factor().bits() > MAX_BITS || unit.scale().bits() > MAX_BITS) {
      throw tooLarge();
    }
    return unit;
  }

  private static RejectedException special() {
    return new RejectedException(
        RejectReason.UNKNOWN_UNIT,
        "the unit multiplies a unit on a special scale (UCUM section 22), which only a number can");
  }

  private static RejectedException tooLarge() {
    return new RejectedException(RejectReason.UNKNOWN_UNIT, "the unit's factor is out of range");
  }
}
