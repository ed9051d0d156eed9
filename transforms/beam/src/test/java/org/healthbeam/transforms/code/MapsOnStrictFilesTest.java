package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.beam.sdk.util.SerializableUtils;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.transforms.files.StrictFiles;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maps where every bracket in a name that is matched is a glob, as in object storage. */
class MapsOnStrictFilesTest {
  private static final String HEADER = "source_system,source_code,target_system,target_code\n";
  private static final String PUBLISHED = "HL7 Concept Map_ AddressType[Use] - Sheet1.csv";

  @TempDir Path dir;

  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @Test
  void aNameThatWasFoundIsNoPattern() throws Exception {
    String folder = "strict://brackets/";
    StrictFiles.put(folder + PUBLISHED, HEADER + "urn:s,a,urn:t,x\n");
    StrictFiles.put(folder + "all[1]?.csv", HEADER + "urn:s,b,urn:t,y\n");
    StrictFiles.put(folder + "LICENSE", "no map");
    for (String pattern : List.of(folder, "strict://brackets", folder + "*.csv")) {
      CodeMap map = SerializableUtils.clone(CodeMaps.fromFiles(List.of(pattern))).load();
      assertEquals("x", target(map, "a"));
      assertEquals("y", target(map, "b"));
    }
    assertThrows(FileNotFoundException.class, () -> CodeMaps.find(List.of("strict://brackets/no")));
  }

  @Test
  void aMapMayBeNamedByItselfWhateverStandsInItsName() throws Exception {
    String folder = "strict://alone/";
    StrictFiles.put(folder + PUBLISHED, HEADER + "urn:s,a,urn:t,x\n");
    StrictFiles.put(folder + "all[1].csv", HEADER + "urn:s,b,urn:t,y\n");
    StrictFiles.put(folder + "all1.csv", HEADER + "urn:s,b,urn:t,other\n");
    StrictFiles.put(folder + "what?", "no map");
    CodeMap map = CodeMaps.fromFiles(List.of(folder + PUBLISHED, folder + "all[1].csv")).load();
    assertEquals("x", target(map, "a"));
    assertEquals("y", target(map, "b"));
    assertTrue(look(folder + PUBLISHED).isSettled());
    assertEquals(
        folder + "what?: is none of " + MapFormat.NAMES,
        assertThrows(InvalidMapException.class, () -> CodeMaps.find(List.of(folder + "what?")))
            .getMessage());
  }

  @Test
  void whatStandsThereIsLookedAtWithoutMatchingItAgain() throws Exception {
    String file = "strict://listing/" + PUBLISHED;
    StrictFiles.put(file, "one");
    MapListing first = look("strict://listing/");
    assertTrue(first.isSettled());
    assertEquals(first, look("strict://listing/"));
    StrictFiles.put(file, "two");
    assertNotEquals(first.text(), look("strict://listing/").text());
  }

  @Test
  void aCompiledMapIsCopiedCheckedAndTheCopyDeleted() throws Exception {
    String code = UUID.randomUUID().toString();
    byte[] bytes = compiled(code, "x");
    String file = "strict://compiled/all[1].hbmap";
    StrictFiles.put(file, bytes);
    CodeMaps maps = CodeMaps.fromFiles(List.of("strict://compiled/"));
    assertEquals("x", target(maps.load(), code));
    assertEquals("x", target(SerializableUtils.clone(maps).compile(), code));
    assertFalse(isLeftInTemporaryFolder(bytes));

    StrictFiles.put(file, compiled(code, "y"));
    IOException changed = assertThrows(IOException.class, maps::compile);
    assertEquals(file + " has changed since the pipeline was built", changed.getMessage());
    assertFalse(isLeftInTemporaryFolder(StrictFiles.get(file)));
    assertEquals("y", target(CodeMaps.fromFiles(List.of(file.replace("[1]", "*"))).load(), code));

    byte[] damaged = StrictFiles.get(file);
    damaged[damaged.length / 2] ^= 1;
    StrictFiles.put(file, damaged);
    assertThrows(
        InvalidMapException.class, () -> CodeMaps.fromFiles(List.of("strict://compiled/")));
    assertFalse(isLeftInTemporaryFolder(damaged));
  }

  private byte[] compiled(String code, String target) throws Exception {
    Path table = dir.resolve("a.csv");
    Files.writeString(table, HEADER + "urn:s," + code + ",urn:t," + target + "\n");
    Path compiled = dir.resolve("a.hbmap");
    CodeMaps.fromFiles(List.of(table.toString())).compileTo(compiled, rows -> {});
    return Files.readAllBytes(compiled);
  }

  private static boolean isLeftInTemporaryFolder(byte[] bytes) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("healthbeam-map-"))
          .anyMatch(
              file -> {
                try {
                  return Arrays.equals(bytes, Files.readAllBytes(file));
                } catch (IOException deleted) {
                  return false;
                }
              });
    }
  }

  private static MapListing look(String folder) throws Exception {
    return MapListing.of(List.of(folder), Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static String target(CodeMap map, String code) {
    return map.translate(Coding.of("urn:s", code), SeveralTargets.ALL)
        .answers()
        .get(0)
        .target()
        .code();
  }
}
