package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables are written where they stand, and nothing else of the page is touched. */
class PageTableTest {
  private static final String WRITING = "healthbeam.page-table-test.write";

  @TempDir Path folder;

  @AfterEach
  void writeNoMore() {
    System.clearProperty(WRITING);
  }

  @Test
  void aTableThatSaysSomethingElseFailsAndIsWrittenAsItWas() throws Exception {
    Path page = HealthBeamProcess.root().resolve("docs/runners.md");
    String original = Files.readString(page);
    for (String test : List.of("RunnerProbesTest", "LongClusterMatrixTest")) {
      PageTable table = new PageTable(test, Files.copy(page, folder.resolve(test)));
      List<List<String>> found = table.cells();
      table.holdCells(found, WRITING);
      List<List<String>> other = new ArrayList<>(found);
      List<String> row = new ArrayList<>(other.remove(other.size() - 1));
      row.set(1, "something else");
      other.add(row);
      other.add(row);
      assertThrows(AssertionError.class, () -> table.holdCells(other, WRITING));
      assertEquals(original, Files.readString(table.page()), "nobody asked for it to be written");
      System.setProperty(WRITING, "true");
      table.holdCells(other, WRITING);
      assertNotEquals(original, Files.readString(table.page()));
      table.holdCells(found, WRITING);
      assertEquals(original, Files.readString(table.page()));
      System.clearProperty(WRITING);
    }
  }
}
