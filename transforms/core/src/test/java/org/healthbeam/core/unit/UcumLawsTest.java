package org.healthbeam.core.unit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import org.healthbeam.core.outcome.RejectedException;

/** Laws that hold for every term and every value. */
class UcumLawsTest {
  private final UcumEssence essence = UcumEssence.load();
  private final UnitConverter ucum = UnitConverter.ucum();
  private final List<UcumEssence.Atom> proper =
      essence.atoms().values().stream().filter(a -> a.function() == null).toList();

  @Property
  void whatIsPrintedReadsBackEqual(@ForAll("terms") String text) throws RejectedException {
    UnitTerm term = ucum.parse(text);
    assertEquals(term, ucum.parse(term.print()));
    assertEquals(ucum.resolve(text), ucum.resolve(term.print()));
  }

  @Property(tries = 200)
  void productsAreAssociativeAndCommutative(
      @ForAll("terms") String a, @ForAll("terms") String b, @ForAll("terms") String c)
      throws RejectedException {
    String left = "((" + bare(a) + ").(" + bare(b) + ")).(" + bare(c) + ")";
    String right = "(" + bare(a) + ").((" + bare(b) + ").(" + bare(c) + "))";
    String turned = "(" + bare(c) + ").(" + bare(b) + ").(" + bare(a) + ")";
    assertEquals(ucum.resolve(left), ucum.resolve(right));
    assertEquals(ucum.resolve(left), ucum.resolve(turned));
  }

  @Property(tries = 300)
  void operatorsBindFromLeftToRight(
      @ForAll("terms") String a, @ForAll("terms") String b, @ForAll("terms") String c)
      throws RejectedException {
    String flat = "(" + bare(a) + ")/(" + bare(b) + ").(" + bare(c) + ")";
    String grouped = "((" + bare(a) + ")/(" + bare(b) + ")).(" + bare(c) + ")";
    assertEquals(ucum.resolve(grouped), ucum.resolve(flat));
  }

  @Property
  void divisionUndoesMultiplication(@ForAll("terms") String a, @ForAll("terms") String b)
      throws RejectedException {
    Unit back = ucum.resolve("(" + bare(a) + ").(" + bare(b) + ")/(" + bare(b) + ")");
    assertEquals(ucum.resolve(a), back);
  }

  @Property
  void convertingThereAndBackReturnsTheValue(
      @ForAll("commensurable") List<String> units,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double value)
      throws RejectedException {
    double there = ucum.convert(value, units.get(0), units.get(1)).value();
    double back = ucum.convert(there, units.get(1), units.get(0)).value();
    // A shift of the zero loses what stands below the last digit of the shifted value.
    assertEquals(value, back, 4 * Math.ulp(Math.max(1000, Math.abs(value))));
  }

  @Property
  void convertingByWayOfAThirdUnitIsTheSame(
      @ForAll("commensurable") List<String> units,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double value)
      throws RejectedException {
    double direct = ucum.convert(value, units.get(0), units.get(2)).value();
    double between = ucum.convert(value, units.get(0), units.get(1)).value();
    double onward = ucum.convert(between, units.get(1), units.get(2)).value();
    double scale = Math.abs(ucum.convert(1e3, units.get(0), units.get(2)).value());
    assertEquals(direct, onward, 4 * Math.ulp(Math.max(scale, Math.abs(direct))));
  }

  @Property
  void theQuickWayIsTheExactWay(
      @ForAll("decimals") BigDecimal value,
      @ForAll("fractions") Rational factor,
      @ForAll("fractions") Rational offset) {
    LinearConversion conversion = new LinearConversion(factor, offset);
    double x = value.doubleValue();
    assertEquals(conversion.exactly(x), conversion.apply(x));
  }

  @Property
  void theExactWayIsTheNearestDouble(
      @ForAll double x,
      @ForAll("fractions") Rational factor,
      @ForAll("fractions") Rational offset) {
    Assume.that(Double.isFinite(x));
    double expected =
        Rational.of(BigDecimal.valueOf(x))
            .times(factor)
            .plus(offset)
            .toDecimal(new MathContext(60))
            .doubleValue();
    Assume.that(Math.abs(expected) >= Double.MIN_NORMAL || expected == 0);
    assertEquals(expected, new LinearConversion(factor, offset).exactly(x));
  }

  @Property
  void nearlyEveryTextIsRefusedInPeace(@ForAll String text) {
    assertEquals(ucum.isValid(text), ucum.commensurable(text, text));
  }

  @Example
  void curvedScalesConvertThereAndBack() throws RejectedException {
    String[][] pairs = {
      {"[pH]", "nmol/L"},
      {"dB[SPL]", "Pa"},
      {"Np", "1"},
      {"B[W]", "mW"},
      {"bit_s", "1"},
      {"[p'diop]", "deg"},
      {"%[slope]", "rad"},
      {"[hp'_X]", "1"},
      {"[hp'_C]", "[hp'_M]"},
      {"[hp'_Q]", "1"},
      {"dB[10.nV]", "uV"},
      {"[m/s2/Hz^(1/2)]", "m2/s4/Hz"},
      {"[degRe]", "[degF]"}
    };
    for (String[] pair : pairs) {
      for (double value : new double[] {0.5, 1, 2.25, 7.4}) {
        double there = ucum.convert(value, pair[0], pair[1]).value();
        assertEquals(value, ucum.convert(there, pair[1], pair[0]).value(), 1e-11, pair[0]);
      }
    }
  }

  @Example
  void everyAtomOfTheDefinitionsHasAMeaning() throws RejectedException {
    assertEquals("2024-06-17", essence.revision());
    assertEquals(24, essence.prefixes().size());
    assertEquals(312, essence.atoms().size());
    for (UcumEssence.Atom atom : essence.atoms().values()) {
      Unit unit = ucum.resolve(atom.code());
      assertEquals(atom.function(), unit.function(), atom.code());
      assertFalse(unit.factor().isZero(), atom.code());
      for (String prefix : essence.prefixes().keySet()) {
        String prefixed = prefix + atom.code();
        assertTrue(
            !atom.metric() || ucum.isValid(prefixed) || essence.atoms().containsKey(prefixed),
            prefixed);
      }
    }
  }

  /** UCUM section 4: the longest prefix wins; an atom that is also a prefixed one would be lost. */
  @Example
  void noAtomIsAlsoAPrefixedAtom() {
    for (String code : essence.atoms().keySet()) {
      for (String prefix : essence.prefixes().keySet()) {
        if (code.startsWith(prefix)) {
          UcumEssence.Atom rest = essence.atoms().get(code.substring(prefix.length()));
          assertFalse(rest != null && rest.metric(), code);
        }
      }
    }
  }

  /** A leading solidus may stand at the beginning of a whole term only. */
  private static String bare(String term) {
    return term.startsWith("/") ? "1" + term : term;
  }

  @Provide
  Arbitrary<String> terms() {
    Arbitrary<String> prefix = Arbitraries.of(essence.prefixes().keySet()).injectDuplicates(0.1);
    Arbitrary<UcumEssence.Atom> atom = Arbitraries.of(proper);
    Arbitrary<String> exponent = Arbitraries.of("", "", "", "2", "3", "-1", "+2", "-2", "0", "1");
    Arbitrary<String> annotation = Arbitraries.of("", "", "", "{a}", "{total_[x]}");
    Arbitrary<String> symbol =
        Combinators.combine(prefix, atom, exponent, annotation)
            .as((p, a, e, n) -> (a.metric() && p.length() == 1 ? p : "") + a.code() + e + n)
            .filter(ucum::isValid);
    Arbitrary<String> simple =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(8, symbol),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 5000).map(String::valueOf)),
            net.jqwik.api.Tuple.of(1, Arbitraries.of("{x}", "1{c}", "10*3", "10^-2")));
    Arbitrary<String> chain =
        Combinators.combine(Arbitraries.of("", "", "/"), simple, Arbitraries.of(".", "/"), simple)
            .as((lead, a, op, b) -> lead + a + op + b);
    return Arbitraries.oneOf(
        simple,
        chain,
        Combinators.combine(simple, Arbitraries.of(".", "/"), chain)
            .as((a, op, b) -> a + op + "(" + bare(b) + ")"));
  }

  @Provide
  Arbitrary<List<String>> commensurable() {
    List<List<String>> kinds =
        List.of(
            List.of("m", "cm", "[in_i]", "[ft_us]", "[mi_i]", "pc", "Ao"),
            List.of("g", "kg", "[lb_av]", "[oz_tr]", "ug", "u", "[car_m]"),
            List.of("K", "Cel", "[degF]", "[degRe]", "[degR]", "mCel"),
            List.of("mm[Hg]", "kPa", "[psi]", "cm[H2O]", "atm", "dyn/cm2"),
            List.of("10*9/L", "10*3/uL", "/mm3", "/[foz_us]", "/mL"),
            List.of("mol/L", "mmol/mL", "umol/m3", "nmol/[pt_br]"),
            List.of("s", "min", "h", "d", "wk", "mo", "a"),
            List.of("[iU]/L", "m[IU]/mL", "k[iU]/dL"));
    return Arbitraries.of(kinds).flatMap(kind -> Arbitraries.of(kind).list().ofSize(3));
  }

  @Provide
  Arbitrary<BigDecimal> decimals() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-1e12"), new BigDecimal("1e12"))
        .ofScale(8);
  }

  @Provide
  Arbitrary<Rational> fractions() {
    Arbitrary<Long> whole = Arbitraries.longs().between(-1_000_000, 1_000_000);
    Arbitrary<Long> part = Arbitraries.longs().between(1, 1_000_000_000_000L);
    return Combinators.combine(whole, part)
        .as(
            (n, d) ->
                new Rational(java.math.BigInteger.valueOf(n), java.math.BigInteger.valueOf(d)));
  }
}
