package org.healthbeam.transforms.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedFilesTest {
  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @Test
  void aNameIsNoPatternWhateverStandsInIt() throws Exception {
    StrictFiles.put("strict://named/a[1].vcf", "one");
    StrictFiles.put("strict://named/a1.vcf", "the other");
    StrictFiles.put("strict://named/what?.vcf", "who");
    assertEquals(3, NamedFiles.get("strict://named/a[1].vcf").sizeBytes());
    assertEquals(9, NamedFiles.get("strict://named/a1.vcf").sizeBytes());
    assertEquals(3, NamedFiles.get("strict://named/what?.vcf").sizeBytes());
    assertThrows(FileNotFoundException.class, () -> NamedFiles.get("strict://named/what[1].vcf"));
    assertThrows(FileNotFoundException.class, () -> NamedFiles.get("strict://named/none"));
  }

  @Test
  void aFolderMayHaveSuchANameToo() throws Exception {
    StrictFiles.put("strict://folder[2]/a[1].vcf", "one");
    StrictFiles.put("strict://folder2/a1.vcf", "the other");
    assertEquals(3, NamedFiles.get("strict://folder[2]/a[1].vcf").sizeBytes());
    assertEquals(Optional.empty(), NamedFiles.find("strict://folder[2]/a1.vcf"));
    try (InputStream in = NamedFiles.open("strict://folder[2]/a[1].vcf")) {
      assertEquals("one", new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void localFilesGoByTheirNamesToo(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("a[1].vcf"), "one");
    assertEquals(3, NamedFiles.get(file.toString()).sizeBytes());
    assertThrows(FileNotFoundException.class, () -> NamedFiles.get(dir + "/none.vcf"));
  }
}
