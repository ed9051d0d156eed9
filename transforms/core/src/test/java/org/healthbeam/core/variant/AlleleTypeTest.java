package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlleleTypeTest {

  @ParameterizedTest
  @CsvSource({
    "A,G,SNP",
    "a,G,SNP",
    "ACT,ACG,SNP",
    "ACT,TCG,MNP",
    "AC,GT,MNP",
    "A,AT,INSERTION",
    "a,AT,INSERTION",
    "TC,TCTC,INSERTION",
    "CAT,CAAT,INSERTION",
    "AT,A,DELETION",
    "GCGCG,GCG,DELETION",
    "A,TG,COMPLEX",
    "AC,T,COMPLEX",
    "CAT,CTGG,COMPLEX",
    "A,*,STAR",
    "A,<DEL>,SYMBOLIC",
    "A,<INS:ME:ALU>,SYMBOLIC",
    "T,C<ctg1>,SYMBOLIC",
    "T,<ctg1>C,SYMBOLIC",
    "A,<NON_REF>,REFERENCE",
    "A,<X>,REFERENCE",
    "A,<*>,REFERENCE",
    "A,G]17:198982],BREAKEND",
    "A,]13:123456]T,BREAKEND",
    "A,C[2:321682[,BREAKEND",
    "A,C[<ctg1>:7[,BREAKEND",
    "A,G.,BREAKEND",
    "A,.TG,BREAKEND",
  })
  void isToldFromTheTwoAlleles(String ref, String alt, AlleleType type) {
    assertEquals(type, AlleleType.of(ref, alt));
    assertEquals(type, AlleleType.ofLabel(type.label()));
  }

  @Test
  void transitionsAreWithinPurinesAndPyrimidines() {
    assertTrue(AlleleType.isTransition(AlleleType.substitution("ACT", "GCT")));
    assertTrue(AlleleType.isTransition(AlleleType.substitution("ac", "aT")));
    assertFalse(AlleleType.isTransition(AlleleType.substitution("A", "C")));
    assertFalse(AlleleType.isTransition(AlleleType.substitution("G", "T")));
    assertEquals("C>T", AlleleType.substitutionLabel(AlleleType.substitution("GC", "GT")));
  }

  @Test
  void aBaseThatIsUnknownIsNoSubstitution() {
    assertEquals(-1, AlleleType.substitution("N", "A"));
    assertEquals(-1, AlleleType.substitution("A", "N"));
  }
}
