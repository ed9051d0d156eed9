package org.healthbeam.core.unit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The molar mass of the analyte that a LOINC code names.
 *
 * <p>Only such a code says which substance was measured; without one a mass has no amount of
 * substance. The table is the resource {@code molar-masses.tsv}, which names its sources.
 *
 * @param loinc the code of the observation
 * @param analyte what is weighed, in words, with the convention where there is one
 * @param formula chemical formula; empty where the mass is a convention
 * @param gramsPerMole the molar mass
 * @param charge equivalents in a mole; 0 where equivalents are not used
 * @param name the code's name in LOINC
 */
public record MolarMass(
    String loinc,
    String analyte,
    String formula,
    BigDecimal gramsPerMole,
    int charge,
    String name) {

  private static final class Table {
    static final Map<String, MolarMass> BY_LOINC = read();

    private static Map<String, MolarMass> read() {
      Map<String, MolarMass> table = new LinkedHashMap<>();
      for (List<String> row : TableResource.rows("molar-masses.tsv")) {
        MolarMass mass =
            new MolarMass(
                row.get(0),
                row.get(1),
                row.get(2),
                new BigDecimal(row.get(3)),
                row.get(4).isEmpty() ? 0 : Integer.parseInt(row.get(4)),
                row.get(5));
        if (table.put(mass.loinc, mass) != null) {
          throw new IllegalStateException("molar-masses.tsv has " + mass.loinc + " twice");
        }
      }
      return Collections.unmodifiableMap(table);
    }
  }

  /**
   * {@return the analyte of a LOINC code, if the table has it}
   *
   * @param loinc the code, in the form {@code 2345-7}; empty is in no table
   */
  public static Optional<MolarMass> ofLoinc(String loinc) {
    return Optional.ofNullable(Table.BY_LOINC.get(loinc));
  }

  /** {@return the whole table, in the order of its codes} */
  public static List<MolarMass> table() {
    return new ArrayList<>(Table.BY_LOINC.values());
  }

  /**
   * {@return how many base units of {@code to} one base unit of {@code from} is for this analyte;
   * empty if the two differ by something else than mass, moles or equivalents of it}
   *
   * @param mole how many particles UCUM counts in a mole
   */
  Optional<Rational> between(Unit from, Unit to, Rational mole) {
    if (from.isSpecial() || to.isSpecial()) {
      return Optional.empty();
    }
    Dimension toMass = to.dimension().times(from.dimension(), -1);
    Optional<Rational> of = particlesPerBaseUnit(from, toMass, -1, mole);
    Optional<Rational> wanted = particlesPerBaseUnit(to, toMass, 1, mole);
    return of.isEmpty() || wanted.isEmpty()
        ? Optional.empty()
        : Optional.of(of.get().over(wanted.get()));
  }

  /** Particles of the analyte in one base unit: a gram, or the one that moles are counted in. */
  private Optional<Rational> particlesPerBaseUnit(
      Unit unit, Dimension difference, int sign, Rational mole) {
    int moles = unit.moles();
    int equivalents = unit.equivalents();
    if (moles == 1 && equivalents == 0) {
      return Optional.of(Rational.ONE);
    } else if (moles == 0 && equivalents == 1 && charge > 0) {
      return Optional.of(Rational.ONE.over(Rational.of(BigDecimal.valueOf(charge))));
    } else if (moles == 0
        && equivalents == 0
        && difference.equals(Dimension.NONE.times(Dimension.of("g"), sign))) {
      return Optional.of(mole.over(Rational.of(gramsPerMole)));
    }
    return Optional.empty();
  }
}
