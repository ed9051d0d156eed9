package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFileTest {
  @TempDir Path dir;

  @Test
  void whoeverWritesIntoAMapThatIsInUseIsNoticed() throws Exception {
    Path file = compiled("all.hbmap", "x");
    Path other = compiled("other.hbmap", "y");
    CodeMap map = CodeMap.over(List.of(CompiledMaps.open(file, "all.hbmap")));
    assertFalse(map.hasChanged());
    map.requireUnchanged();
    assertEquals("x", target(map));

    // The same file, other bytes of the same length, at the same time.
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, Files.readAllBytes(other));
    Files.setLastModifiedTime(file, time);
    assertTrue(map.hasChanged());
    assertEquals(
        "all.hbmap was written over while it was in use; put a new version beside it and rename it",
        assertThrows(IllegalStateException.class, map::requireUnchanged).getMessage());
  }

  @Test
  void aFileThatIsCutOffOrTouchedIsNoticed() throws Exception {
    Path file = compiled("all.hbmap", "x");
    CodeMap map = CodeMap.over(List.of(CompiledMaps.open(file, "all.hbmap")));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    assertTrue(map.hasChanged());
    CodeMap again = CodeMap.over(List.of(CompiledMaps.open(file, "all.hbmap")));
    assertFalse(again.hasChanged());
    Files.write(file, new byte[0]);
    assertTrue(again.hasChanged());
    assertEquals(
        "all.hbmap was written over while it was in use; put a new version beside it and rename it",
        assertThrows(IllegalStateException.class, again::requireUnchanged).getMessage());
    // Java tells of the missing page where it is read or, in compiled code, a little later.
    Throwable read = assertThrows(Throwable.class, () -> target(again));
    assertTrue(read instanceof IllegalStateException || read instanceof InternalError);
  }

  @Test
  void aNewFileUnderTheNameOrNoneIsNoChange() throws Exception {
    Path file = compiled("all.hbmap", "x");
    CodeMap map = CodeMap.over(List.of(CompiledMaps.open(file, "all.hbmap")));
    Files.move(compiled("new.hbmap", "y"), file, StandardCopyOption.REPLACE_EXISTING);
    assertFalse(map.hasChanged());
    assertEquals("x", target(map));
    Files.delete(file);
    assertFalse(map.hasChanged());
  }

  private static String target(CodeMap map) {
    return map.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL)
        .answers()
        .get(0)
        .target()
        .code();
  }

  private Path compiled(String name, String target) throws Exception {
    Path file = dir.resolve(name);
    try (MapCompiler compiler = new MapCompiler()) {
      MapGroup group = new MapGroup(new MapId("urn:m", "1"), "a.csv", "urn:s", "", "urn:t", "");
      compiler.say(
          group,
          ConceptMap.Source.code("a"),
          ConceptMap.Target.of(target, "", Relationship.EQUIVALENT));
      compiler.writeTo(file);
    }
    return file;
  }
}
