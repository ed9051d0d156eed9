package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.healthbeam.transforms.files.StrictFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @Test
  void aNameIsNoPatternWhateverStandsInIt() throws Exception {
    StrictFiles.put("strict://named/a[1].vcf", "one");
    StrictFiles.put("strict://named/a1.vcf", "the other");
    StrictFiles.put("strict://named/what?.vcf", "who");
    assertEquals(3, InputFiles.named("strict://named/a[1].vcf").sizeBytes());
    assertEquals(9, InputFiles.named("strict://named/a1.vcf").sizeBytes());
    assertEquals(3, InputFiles.named("strict://named/what?.vcf").sizeBytes());
    assertThrows(FileNotFoundException.class, () -> InputFiles.named("strict://named/what[1].vcf"));
    assertThrows(FileNotFoundException.class, () -> InputFiles.named("strict://named/none"));
  }

  @Test
  void localFilesGoByTheirNamesToo(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("a[1].vcf"), "one");
    assertEquals(3, InputFiles.named(file.toString()).sizeBytes());
    assertThrows(FileNotFoundException.class, () -> InputFiles.named(dir + "/none.vcf"));
  }
}
