package org.healthbeam.core.variant.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PopulationsTest {

  private static Populations read(String... lines) throws IOException {
    return Populations.read(
        "p.tsv", new BufferedReader(new StringReader(String.join("\n", lines))));
  }

  @Test
  void thousandGenomesPanelWorksAsItIs() throws IOException {
    Populations populations =
        read(
            "sample\tpop\tsuper_pop\tgender\t\t",
            "HG00096\tGBR\tEUR\tmale",
            "HG00100\tGBR\tEUR\tfemale",
            "NA18525\tCHB\tEAS\tfemale");
    assertEquals(List.of("CHB", "EAS", "EUR", "GBR"), populations.names());
    assertArrayEquals(new int[] {2, 3}, populations.of("HG00096"));
    assertArrayEquals(new int[] {0, 1}, populations.of("NA18525"));
    assertArrayEquals(new int[0], populations.of("nobody"));
  }

  @Test
  void tablesNeedNoHeaderAndCellsMayHaveSeveral() throws IOException {
    Populations populations = read("S1\tA,B", "S2\tA", "", "# note", "S3\t", "S1\tC");
    assertEquals(List.of("A", "B", "C"), populations.names());
    assertArrayEquals(new int[] {0, 1, 2}, populations.of("S1"));
    assertArrayEquals(new int[] {0}, populations.of("S2"));
    assertArrayEquals(new int[0], populations.of("S3"));
  }

  @Test
  void whatDoesNotFitIsCounted() throws IOException {
    Populations populations = read("#Sample\tpop", "S1\tA", "S2\t", "S9\tB", "S8\tA");
    Populations.Match match = populations.match(List.of("S1", "S2", "S3"));
    assertEquals(1, match.matched());
    assertEquals(2, match.without());
    assertEquals(2, match.unknown());
    assertEquals(Map.of("A", 1L, "B", 0L), match.sizes());
    assertEquals(1, match.empty());
  }

  @Test
  void aTableWithoutPopulationsIsAnErrorThatShowsNoSample() {
    String message = assertThrows(IOException.class, () -> read("SECRET", "SECRET2")).getMessage();
    assertFalse(message.contains("SECRET"), message);
  }
}
