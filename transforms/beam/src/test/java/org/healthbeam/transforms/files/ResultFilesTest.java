package org.healthbeam.transforms.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("------rwx");

  @TempDir Path folder;

  @BeforeAll
  static void register() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private static void write(Path file, String text) throws Exception {
    try (OutputStream out =
        ResultFiles.open(FileSystems.matchNewResource(file.toString(), false), "text/plain")) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  private static Set<PosixFilePermission> ofOthers(Path path) throws Exception {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(Files.getPosixFilePermissions(path));
    permissions.retainAll(OF_OTHERS);
    return permissions;
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aResultAndItsNewFoldersAreNotForOthersWhateverTheUmask() throws Exception {
    Path file = folder.resolve("a/b/result.tsv");
    write(file, "longer");
    write(file, "row");
    assertEquals("row", Files.readString(file), "what was there is replaced");
    for (Path path : new Path[] {file, file.getParent(), file.getParent().getParent()}) {
      assertEquals(Set.of(), ofOthers(path), path.toString());
    }
    // As the umask has it, and so as a file that is made in the usual way.
    Path usual = Files.createFile(folder.resolve("usual"));
    EnumSet<PosixFilePermission> expected = EnumSet.copyOf(Files.getPosixFilePermissions(usual));
    expected.removeAll(OF_OTHERS);
    assertEquals(expected, Files.getPosixFilePermissions(file));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsThereKeepsItsPermissions() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), open);
    Path file = Files.createFile(open.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    write(link.resolve("file"), "x");
    write(link.resolve("other"), "x");
    assertEquals("rwxrwxrwx", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(Set.of(), ofOthers(open.resolve("other")));
  }

  @Test
  void otherFileSystemsDoAsTheyDo() throws Exception {
    StrictFiles.register();
    try (OutputStream out =
        ResultFiles.open(FileSystems.matchNewResource("strict://a/b", false), "text/plain")) {
      out.write('x');
    }
    assertTrue(NamedFiles.find("strict://a/b").isPresent());
  }
}
