package org.healthbeam.core.variant.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContigNamesTest {
  private static final ContigNames NAMES = ContigNames.builtIn();

  @Test
  void allNamesOfAHumanChromosomeAreOne() {
    List<List<String>> same =
        List.of(
            List.of("1", "chr1", "NC_000001.10", "NC_000001.11", "CM000663.1", "CM000663.2"),
            List.of("22", "chr22", "NC_000022.10", "NC_000022.11", "CM000684.2"),
            List.of("X", "chrX", "NC_000023.10", "NC_000023.11", "CM000685.1"),
            List.of("Y", "chrY", "NC_000024.9", "NC_000024.10", "CM000686.2"),
            List.of("MT", "M", "chrM", "NC_012920.1", "J01415.2"));
    for (List<String> names : same) {
      names.forEach(name -> assertEquals(NAMES.key(names.get(0)), NAMES.key(name), name));
    }
    Set<String> keys = new HashSet<>();
    IntStream.rangeClosed(1, 22).forEach(i -> keys.add(NAMES.key("chr" + i)));
    List.of("X", "Y", "MT").forEach(name -> keys.add(NAMES.key(name)));
    assertEquals(25, keys.size());
  }

  @Test
  void namesThatAreNowhereListedMeanThemselves() {
    for (String name : List.of("chrUn_KI270302v1", "NC_000001.9", "NC_001807.4", "23", "")) {
      assertEquals(name, NAMES.key(name));
    }
  }

  @Test
  void anAccessionSaysOfWhichAssemblyItIs() {
    assertEquals("GRCh37", ContigNames.assembly("NC_000020.10"));
    assertEquals("GRCh38", ContigNames.assembly("NC_000020.11"));
    assertNull(ContigNames.assembly("chr20"));
    assertNull(ContigNames.assembly("NC_012920.1"));
  }

  @Test
  void namesOfOnesOwnAreAdded() {
    ContigNames names =
        NAMES.with(List.of("# of one's own", "", "chr1\tLR1", "ctgA\tctgB", "ctgC\tctgB"));
    assertEquals("1", names.key("LR1"));
    assertEquals(names.key("ctgA"), names.key("ctgB"));
    assertEquals(names.key("ctgA"), names.key("ctgC"));
    assertEquals("LR1", NAMES.key("LR1"));
    assertNotEquals(NAMES, names);
  }

  @Test
  void twoSequencesDoNotBecomeOne() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> NAMES.with(List.of("a\tb", "chr1\tchr2")))
            .getMessage();
    assertEquals("line 2 makes one of the sequences 1 and 2", message);
  }

  @Test
  void inputsOfTwoAssembliesAreRefused() {
    Assemblies assemblies = new Assemblies("known.vcf");
    assemblies.check("NC_000001.11", "the records");
    assemblies.add("chr1");
    assemblies.add("NC_000002.11");
    assemblies.check("NC_000001.10", "the records");
    assemblies.check("1", "the records");
    String message =
        assertThrows(
                DifferentAssembliesException.class,
                () -> assemblies.check("NC_000001.11", "the records"))
            .getMessage();
    assertTrue(message.startsWith("known.vcf: "), message);
    assertTrue(message.contains("GRCh37") && message.contains("GRCh38"), message);
  }
}
