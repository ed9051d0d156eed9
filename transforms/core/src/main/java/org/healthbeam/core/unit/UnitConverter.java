package org.healthbeam.core.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Converts values between units of The Unified Code for Units of Measure (UCUM, version 2.2).
 *
 * <p>Conversion is decimal and exact, and rounded once to the nearest double: 98.6 [degF] is 37
 * Cel, 72 [in_i] are 182.88 cm. A unit that is not UCUM, or that is but cannot be what is meant
 * because it does not measure what is wanted, is looked up in the repair table, and the result says
 * so: {@code C} is the coulomb, but degrees Celsius where a temperature is wanted.
 *
 * <p>What is refused is refused with {@link RejectReason#UNKNOWN_UNIT}. The detail names a unit
 * only if it consists of UCUM symbols or stands in the repair table, since a unit field may hold
 * anything.
 *
 * <p>Safe for many threads; each pair of units is compiled once and remembered, up to a bound.
 */
public final class UnitConverter {
  private static final int CACHED_PAIRS = 8192;

  private final UcumEssence essence;
  private final UnitResolver resolver;
  private final Repairs repairs;
  private final Rational mole;
  private final BoundedCache<Pair, Compiled> conversions =
      new BoundedCache<>(CACHED_PAIRS, this::compile);

  private record Pair(String from, String to, String loinc) {}

  /** A conversion, or why there is none. */
  private record Compiled(@Nullable Conversion conversion, String detail) {}

  private static final class Shared {
    static final UnitConverter UCUM = new UnitConverter(UcumEssence.load(), Repairs.load());
  }

  UnitConverter(UcumEssence essence, Repairs repairs) {
    this.essence = essence;
    this.resolver = new UnitResolver(essence);
    this.repairs = repairs;
    try {
      this.mole = resolve("mol").factor();
    } catch (RejectedException e) {
      throw new IllegalStateException("UCUM has no mole", e);
    }
  }

  /** {@return the converter over UCUM's own definitions, shared by the whole JVM} */
  public static UnitConverter ucum() {
    return Shared.UCUM;
  }

  /**
   * Converts a value.
   *
   * @param value finite
   * @param from the unit that it is in, UCUM or what the repair table knows
   * @param to the unit that is wanted, in UCUM
   * @return the value in the wanted unit, and whether a unit was repaired
   * @throws RejectedException {@code UNKNOWN_UNIT} if a unit is not known or the two do not measure
   *     the same; {@code INVALID_VALUE} if the value is not finite or has no logarithm
   */
  public Converted convert(double value, String from, String to) throws RejectedException {
    return convert(value, from, to, "");
  }

  /**
   * Converts a value of a named observation: with the analyte's molar mass, if the code names one,
   * also between mass and amount of substance.
   *
   * @param value finite
   * @param from the unit that it is in, UCUM or what the repair table knows
   * @param to the unit that is wanted, in UCUM
   * @param loinc the LOINC code of the observation, or empty
   * @return the value in the wanted unit, and whether a unit was repaired
   * @throws RejectedException as {@link #convert(double, String, String)}
   */
  public Converted convert(double value, String from, String to, String loinc)
      throws RejectedException {
    if (from.length() > UcumParser.MAX_LENGTH || to.length() > UcumParser.MAX_LENGTH) {
      throw new RejectedException(RejectReason.UNKNOWN_UNIT, UcumParser.TOO_LONG);
    }
    String analyte = MolarMass.ofLoinc(loinc).isPresent() ? loinc : "";
    Compiled compiled = conversions.get(new Pair(from, to, analyte));
    if (compiled.conversion == null) {
      throw new RejectedException(RejectReason.UNKNOWN_UNIT, compiled.detail);
    }
    return compiled.conversion.apply(value);
  }

  /**
   * Checks that a text is a UCUM term, without any repair.
   *
   * @param unit any text
   * @throws RejectedException with the place and the rule that it breaks, without the text
   */
  public void validate(String unit) throws RejectedException {
    resolve(unit);
  }

  /**
   * {@return whether a text is a UCUM term, without any repair}
   *
   * @param unit any text
   */
  public boolean isValid(String unit) {
    try {
      resolve(unit);
      return true;
    } catch (RejectedException e) {
      return false;
    }
  }

  /**
   * {@return whether both are UCUM terms, without any repair, and measure the same}
   *
   * @param a any text
   * @param b any text
   */
  public boolean commensurable(String a, String b) {
    try {
      return resolve(a).dimension().equals(resolve(b).dimension());
    } catch (RejectedException e) {
      return false;
    }
  }

  /**
   * {@return what a unit measures, as a term of base units in alphabetical order: {@code g.m-1.s-2}
   * for mm[Hg], {@code K} for Cel, {@code 1} for a pure number} Units are commensurable exactly if
   * these are equal.
   *
   * @param unit in UCUM
   * @throws RejectedException if the text is not a UCUM term
   */
  public String canonical(String unit) throws RejectedException {
    return resolve(unit).dimension().term();
  }

  Unit resolve(String unit) throws RejectedException {
    return resolver.resolve(UcumParser.parse(essence, unit));
  }

  UnitTerm parse(String unit) throws RejectedException {
    return UcumParser.parse(essence, unit);
  }

  private Compiled compile(Pair pair) {
    Unit to;
    try {
      to = resolve(pair.to);
    } catch (RejectedException e) {
      return new Compiled(null, "the unit that is wanted: " + e.detail());
    }
    String why;
    try {
      String meant = repairs.meant(pair.from);
      Unit from = resolve(meant);
      Optional<Rational> per = per(from, to, pair.loinc);
      if (per.isPresent()) {
        boolean repaired = !meant.equals(pair.from);
        return new Compiled(Conversion.between(from, to, per.get(), repaired), "");
      }
      why = name(meant) + " does not measure what " + name(pair.to) + " measures";
    } catch (RejectedException e) {
      why = e.detail();
    }
    try {
      for (String candidate : candidates(pair.from)) {
        Unit from = resolve(candidate);
        Optional<Rational> per = per(from, to, pair.loinc);
        if (per.isPresent()) {
          return new Compiled(Conversion.between(from, to, per.get(), true), "");
        }
        why = name(candidate) + " does not measure what " + name(pair.to) + " measures";
      }
    } catch (RejectedException e) {
      throw new IllegalStateException("The repair table has a term that is not UCUM", e);
    }
    return new Compiled(null, why);
  }

  /** What the table says, and the text without stray blanks if that is UCUM. */
  private List<String> candidates(String written) {
    String tidy = Repairs.tidy(written);
    if (tidy.equals(written) || !isValid(tidy)) {
      return repairs.candidates(written);
    }
    List<String> candidates = new ArrayList<>(List.of(tidy));
    candidates.addAll(repairs.candidates(written));
    return candidates;
  }

  /** Base units of {@code to} in one of {@code from}; empty if they do not measure the same. */
  private Optional<Rational> per(Unit from, Unit to, String loinc) {
    Optional<Rational> ofAnalyte =
        MolarMass.ofLoinc(loinc).flatMap(analyte -> analyte.between(from, to, mole));
    return ofAnalyte.isPresent() || !from.dimension().equals(to.dimension())
        ? ofAnalyte
        : Optional.of(Rational.ONE);
  }

  /** A name for messages: a term may carry free text in annotations, and numbers. */
  private String name(String unit) throws RejectedException {
    return UnitNames.printable(parse(unit));
  }
}
