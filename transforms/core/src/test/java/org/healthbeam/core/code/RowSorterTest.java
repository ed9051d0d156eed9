package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RowSorterTest {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd");

  private static RowSorter inThreeFiles() throws IOException {
    RowSorter sorter = new RowSorter(0);
    for (byte code = 3; code > 0; code--) {
      sorter.add(0, new byte[] {code}, new byte[] {7});
    }
    assertEquals(3, sorter.files().size());
    return sorter;
  }

  @Test
  void aFileThatCannotBeDeletedDoesNotKeepTheOthers() throws Exception {
    RowSorter sorter = inThreeFiles();
    List<Path> files = sorter.files();
    Path first = files.get(0);
    Files.delete(first);
    Files.createDirectory(first);
    Path inside = Files.createFile(first.resolve("inside"));
    try {
      assertThrows(DirectoryNotEmptyException.class, sorter::close);
      assertEquals(List.of(first), files.stream().filter(Files::exists).toList());
    } finally {
      Files.delete(inside);
      Files.delete(first);
    }
  }

  @Test
  void aVisitorThatFailsLeavesNoFileOpen() throws Exception {
    assumeTrue(Files.isDirectory(OPEN_FILES), "open files are listed by Linux only");
    try (RowSorter sorter = inThreeFiles()) {
      IOException failed =
          assertThrows(
              IOException.class,
              () ->
                  sorter.visit(
                      (section, code, payload) -> {
                        assertEquals(3, open(sorter.files()).size());
                        throw new IOException("no more");
                      }));
      assertEquals("no more", failed.getMessage());
      assertEquals(Set.of(), open(sorter.files()));
    }
  }

  private static Set<Path> open(List<Path> files) throws IOException {
    Set<Path> open = new TreeSet<>();
    try (Stream<Path> all = Files.list(OPEN_FILES)) {
      for (Path each : all.toList()) {
        try {
          open.add(Files.readSymbolicLink(each));
        } catch (IOException e) {
          // Closed since it was listed.
        }
      }
    }
    open.retainAll(files);
    return open;
  }
}
