package org.healthbeam.templates.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedFilesTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));
  private static final String AGAIN = "run ./healthbeam template generate";

  @Test
  void theFilesThatAreCheckedInAreThoseThatTheOptionsGive() throws IOException {
    Map<String, String> made = GeneratedFiles.all(ROOT);
    assertFalse(made.isEmpty());
    for (Map.Entry<String, String> file : made.entrySet()) {
      Path path = ROOT.resolve(file.getKey());
      String there = Files.exists(path) ? Files.readString(path) : "(absent)";
      assertEquals(file.getValue(), there, file.getKey() + " is another; " + AGAIN);
    }
  }

  @Test
  void nothingStandsBesideThemThatNoTemplateGives() throws IOException {
    Set<String> there = new TreeSet<>();
    for (String folder : GeneratedFiles.folders()) {
      there.addAll(filesBelow(ROOT, folder));
    }
    assertEquals(new TreeSet<>(GeneratedFiles.all(ROOT).keySet()), there, AGAIN);
  }

  @Test
  void theyAreWrittenWhereTheyAreCheckedIn(@TempDir Path root) throws IOException {
    assertEquals(GeneratedFiles.all(ROOT).keySet(), GeneratedFiles.write(root));
    Map<String, String> written = new TreeMap<>();
    for (String file : filesBelow(root, "")) {
      written.put(file, Files.readString(root.resolve(file)));
    }
    assertEquals(GeneratedFiles.all(ROOT), written);
  }

  private static Set<String> filesBelow(Path root, String folder) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> root.relativize(f).toString().replace('\\', '/'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
