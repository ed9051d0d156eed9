package org.healthbeam.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeSamplesTest {
  @Test
  void writesAWardAndACohort(@TempDir Path folder) {
    assertEquals(
        0, MakeSamples.run("ward", "--output=" + folder, "--beds=2", "--hours=1", "--seed=5"));
    assertEquals(0, MakeSamples.run("cohort", "--output=" + folder, "--count=2", "--sites=10"));
    assertTrue(Files.exists(folder.resolve("ward.csv.gz")));
    assertTrue(Files.exists(folder.resolve("cohort.vcf.gz")));
  }

  @Test
  void badUsageEndsWithTwo(@TempDir Path folder) {
    assertEquals(2, MakeSamples.run("ward", "--output=" + folder, "--bed=2"));
    assertEquals(2, MakeSamples.run("ward", "--output=" + folder, "--beds=0"));
    assertEquals(2, MakeSamples.run("ward"));
    assertEquals(2, MakeSamples.run("hospital"));
    assertEquals(2, MakeSamples.run());
  }

  @Test
  void whatCannotBeWrittenEndsWithOne(@TempDir Path folder) throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(1, MakeSamples.run("ward", "--output=" + file, "--beds=1", "--hours=1"));
  }

  @Test
  void helpIsNoFailure() {
    assertEquals(0, MakeSamples.run("--help"));
    assertEquals(0, MakeSamples.run("patients", "--help"));
  }
}
