package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Genotypes that are read two at a time come to what they come to one by one. */
class BiallelicRunTest {
  @Provide
  Arbitrary<List<String>> genotypes() {
    Arbitrary<String> usual = Arbitraries.of("0|0", "0|1", "1|0", "1|1");
    Arbitrary<String> any =
        Arbitraries.frequency(
            Tuple.of(20, "0|0"),
            Tuple.of(3, "0|1"),
            Tuple.of(1, "1|1"),
            Tuple.of(1, "0/1"),
            Tuple.of(1, ".|1"),
            Tuple.of(1, "1"),
            Tuple.of(1, "0|1|1"));
    return Arbitraries.oneOf(usual.list().ofMaxSize(70), any.list().ofMaxSize(70))
        .filter(list -> !list.isEmpty());
  }

  private static VcfText scan(List<String> genotypes, String format, String behind, String last) {
    String samples = genotypes.stream().map(g -> g + behind).collect(Collectors.joining(" "));
    int n = genotypes.size() + (last.isEmpty() ? 0 : 1);
    String[] lines = {
      "1 5 . A G . . . " + format + " " + samples + last,
      "1 7 . A C . . . " + format + " " + samples + last,
      "1 9 . AC A . . . " + format + " " + samples + last
    };
    return VcfText.records(n, lines);
  }

  @Property(tries = 500)
  void twoAtATimeIsOneByOne(@ForAll("genotypes") List<String> genotypes) {
    VcfText pairs = scan(genotypes, "GT", "", "");
    // What stands behind each genotype makes them be read one by one.
    VcfText single = scan(genotypes, "GT:ZZ", ":7", "");
    assertEquals(3, pairs.rows.size());
    assertEquals(single.rows, pairs.rows);
    assertEquals(single.totals.cohort().samples(), pairs.totals.cohort().samples());
  }

  @Property(tries = 500)
  void callsOfOneAlternateAreCountedAsAnyOthers(@ForAll("genotypes") List<String> genotypes) {
    VcfText pairs = scan(genotypes, "GT", "", "");
    // A missing genotype makes each call be counted cell by cell, and changes no other sample.
    VcfText cells = scan(genotypes, "GT", "", " .");
    for (int s = 0; s < genotypes.size(); s++) {
      assertEquals(cells.sample(s), pairs.sample(s));
    }
  }
}
